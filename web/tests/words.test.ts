import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Every source of the three pages, read once. */
const sources = import.meta.glob<string>(
  ['../desk/src/**/*.{ts,tsx}', '../field/src/**/*.{ts,tsx}', '../public/src/**/*.{ts,tsx}', '!**/*.d.ts'],
  { query: '?raw', import: 'default', eager: true },
)
const trees = new Map(
  Object.entries(sources).map(([name, text]) => {
    const file = name.slice('../'.length)
    return [file, ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)]
  }),
)
const HAN = /\p{Script=Han}/u
const LETTER = /\p{L}/u

/** The name of the system and of a language in itself; what is written on a door. */
const NAMES = new Set(['app.name', 'lang.other', 'other', 'house.building', 'house.unit'])

type Words = Map<string, string>

/** The literal text of an expression of strings; null where it is something else. */
function textOf(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isBinaryExpression(node)) return null
  const [left, right] = [textOf(node.left), textOf(node.right)]
  return left === null || right === null ? null : left + right
}

function walk(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => walk(child, see))
}

/** The object that a declaration holds, whatever it is said to be of. */
function objectOf(node: ts.Expression | undefined): ts.ObjectLiteralExpression | null {
  if (!node) return null
  if (ts.isObjectLiteralExpression(node)) return node
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? objectOf(node.expression) : null
}

/** The catalogues of a file: `zh`, `en`, and any of their parts (`zhTasks`, `enTasks`). */
function catalogues(tree: ts.SourceFile): { lang: 'zh' | 'en'; name: string; words: Words }[] {
  const found: { lang: 'zh' | 'en'; name: string; words: Words }[] = []
  walk(tree, (node) => {
    if (!(ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) || !ts.isIdentifier(node.name)) return
    const lang = /^(zh|en)(?![a-z])/i.exec(node.name.text)?.[1]?.toLowerCase()
    const object = objectOf(node.initializer)
    if ((lang !== 'zh' && lang !== 'en') || !object) return
    const words: Words = new Map()
    for (const one of object.properties) {
      if (!ts.isPropertyAssignment(one) || !(ts.isStringLiteral(one.name) || ts.isIdentifier(one.name))) continue
      const text = textOf(one.initializer)
      if (text !== null) words.set(one.name.text, text)
    }
    if (words.size) found.push({ lang, name: node.name.text.slice(2), words })
  })
  return found
}

const all = [...trees].flatMap(([file, tree]) => catalogues(tree).map((one) => ({ file, ...one })))
const holds = new Set(all.map((one) => one.file))
/** Two files of one catalogue differ by their language alone. */
const pairOf = (file: string) => file.replace(/(^|[./])(?:zh|en)(?=\.ts)/, '$1')

function pairs() {
  const by = new Map<string, Partial<Record<'zh' | 'en', Words>>>()
  for (const { file, name, lang, words } of all) {
    const key = `${pairOf(file)} ${name}`
    by.set(key, { ...by.get(key), [lang]: words })
  }
  return [...by]
}

describe('the words of the interface', () => {
  test.each(pairs())('%s are in both languages, with the same places for values', (_, { zh, en }) => {
    expect([...(zh?.keys() ?? [])].sort()).toEqual([...(en?.keys() ?? [])].sort())
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    const differ = [...(zh ?? [])].filter(([key, text]) => `${places(text)}` !== `${places(en?.get(key) ?? '')}`)
    expect(differ.map(([key]) => key)).toEqual([])
  })

  test('no English text holds Chinese letters but names and examples', () => {
    const left = all
      .filter((one) => one.lang === 'en')
      .flatMap(({ file, words }) =>
        [...words]
          .filter(([key, text]) => HAN.test(text) && !NAMES.has(key))
          .map(([key, text]) => `${file} ${key}: ${text}`),
      )
    expect(left).toEqual([])
  })
})

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'))

/** Every text and name outside of the catalogues, and the patterns of texts that are put together, by where they are
 * looked up: what begins with a value is looked up among the words of its own room. */
function spoken(): { exact: Set<string>; patterns: [folder: string, pattern: RegExp][] } {
  const exact = new Set<string>()
  const patterns: [string, RegExp][] = []
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const [file, tree] of trees) {
    walk(tree, (node) => {
      const key = ts.isPropertyAssignment(node.parent ?? node) && (node.parent as ts.PropertyAssignment).name === node
      if (ts.isStringLiteralLike(node) && !key) exact.add(node.text)
      if (ts.isPropertyAccessExpression(node)) exact.add(node.name.text)
      if (!ts.isTemplateExpression(node)) return
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
      const pattern = new RegExp(`^${parts.map(escaped).join('.+')}$`)
      if (/^[a-z_]+\./.test(parts[0] ?? '')) patterns.push(['', pattern])
      else if (/\.[a-z_]+$/.test(parts.at(-1) ?? '')) patterns.push([folderOf(file), pattern])
    })
  }
  return { exact, patterns }
}

test('every key of a catalogue is used', () => {
  const { exact, patterns } = spoken()
  const used = (key: string, file: string) =>
    exact.has(key) || patterns.some(([folder, one]) => (!folder || folder === folderOf(file)) && one.test(key))
  const unused = all
    .filter((one) => one.lang === 'zh')
    .flatMap(({ file, words }) => [...words.keys()].filter((key) => !used(key, file)).map((key) => `${file} ${key}`))
  expect(unused).toEqual([])
})

/** Attributes that are read or heard. */
const SAID = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'text', 'description'])
/** A language in itself, keys, what is typed at a command line, and the code of a country as it is written. */
const OWN = new Set(['中文', 'English', 'Ctrl K', 'lianfang lists import --help', 'CHN'])

test('no text stands in the code of a page', () => {
  const hard: string[] = []
  for (const [file, tree] of trees) {
    if (holds.has(file)) continue
    const told = (node: ts.Node, text: string) => {
      const plain = text.trim()
      if (LETTER.test(plain) && !OWN.has(plain))
        hard.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${plain.slice(0, 60)}`)
    }
    walk(tree, (node) => {
      if (ts.isJsxText(node)) told(node, node.text)
      else if (ts.isJsxAttribute(node) && SAID.has(node.name.getText()) && node.initializer) {
        if (ts.isStringLiteral(node.initializer)) told(node, node.initializer.text)
      } else if (ts.isStringLiteralLike(node) && HAN.test(node.text) && !OWN.has(node.text)) told(node, node.text)
    })
  }
  expect(hard).toEqual([])
})
