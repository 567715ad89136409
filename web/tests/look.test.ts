import { describe, expect, test } from 'vitest'

const TOKENS = 'styles/tokens.css'
/** What a photograph's transparent parts become is a part of the file, not of a look. */
const NO_LOOK = new Set(['forms/photo.ts'])
const BY_HAND = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([\d.%]|[:=] *['"]?(?:white|black|red|gr[ae]y|green|blue)\b/i

/** A scale is whole, whether or not something needs so many steps. */
const SCALE = /^--(?:seq|div|cat)-\d$/

const sources = import.meta.glob<string>(['../desk/src/**/*.{ts,tsx,css}', '!**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const files = Object.entries(sources)
  .map(([path, text]) => ({ name: path.slice('../desk/src/'.length), text }))
  .filter(({ name }) => !NO_LOOK.has(name))
const tokens = files.find((one) => one.name === TOKENS)?.text ?? ''

/** The values of a name in light and in dark. */
const values = new Map(
  [...tokens.matchAll(/^ {2}(--[\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));$/gm)].map(
    ([, name, light, dark, both]) => [name ?? '', [light ?? both ?? '', dark ?? both ?? ''] as const],
  ),
)

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(of: string, on: string, look: 0 | 1): number {
  const [a = 0, b = 0] = [of, on].map((name) => luminance(values.get(name)?.[look] ?? '')).sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}

/** Words on what they stand on. */
const WORDS: [string, ...string[]][] = [
  ['--ink', '--paper', '--ground', '--raised', '--pointed', '--mark', '--mark-soft', '--accent-soft', '--warns-soft'],
  ['--muted', '--paper', '--ground', '--raised', '--pointed'],
  ['--faint', '--paper', '--raised'],
  ['--accent', '--paper', '--ground', '--raised', '--accent-soft'],
  ['--accent-ink', '--paper', '--accent-soft'],
  ['--on-accent', '--accent'],
  ['--on-bar', '--bar'],
  ['--on-bar-muted', '--bar'],
  ['--holds', '--paper', '--holds-soft'],
  ['--warns', '--paper', '--warns-soft'],
  ['--warns-ink', '--paper', '--warns-soft'],
  ['--fails', '--paper', '--ground', '--fails-soft'],
  ['--quiet', '--paper', '--quiet-soft'],
  ['--implied', '--paper', '--implied-soft'],
  ['--on-drill', '--drill'],
]
/** Lines and marks that say something by themselves. */
const MARKS: [string, ...string[]][] = [
  ['--edge', '--paper'],
  ['--focus', '--paper', '--ground'],
  ['--focus-on-bar', '--bar'],
  ['--data-line', '--paper', '--data-band', '--data-band-inner'],
  ['--data-alarm', '--paper'],
  ['--cat-1', '--paper'],
  ['--cat-2', '--paper'],
  ['--cat-3', '--paper'],
  ['--cat-5', '--paper'],
]

describe('the look', () => {
  test('has its colours in one file', () => {
    const found = files
      .filter((one) => one.name !== TOKENS)
      .flatMap(({ name, text }) =>
        text.split('\n').flatMap((line, at) => (BY_HAND.test(line) ? [`${name}:${at + 1}: ${line.trim()}`] : [])),
      )
    expect(found).toEqual([])
  })
  test('has no name that is unknown, and none that nothing uses', () => {
    const known = new Set([...tokens.matchAll(/^ {2}(--[\w-]+):/gm)].map(([, name]) => name))
    const rest = files.filter((one) => one.name !== TOKENS)
    const own = new Set(rest.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+)['"]?:/g)].map(([, name]) => name)))
    const used = new Set(
      rest.flatMap(({ text }) => [...text.matchAll(/(?:var\(|')(--[\w-]+)/g)].map(([, name]) => name)),
    )
    expect([...used].filter((name) => !known.has(name) && !own.has(name))).toEqual([])
    expect([...known].filter((name) => !used.has(name) && !SCALE.test(name ?? ''))).toEqual([])
  })
  test.each(['light', 'dark'])('can be read: %s', (look) => {
    const at = look === 'light' ? 0 : 1
    const dim = (pairs: typeof WORDS, least: number) =>
      pairs.flatMap(([of, ...all]) =>
        all
          .filter((on) => !(contrast(of, on, at) >= least))
          .map((on) => `${of} on ${on}: ${contrast(of, on, at).toFixed(2)}`),
      )
    expect(dim(WORDS, 4.5)).toEqual([])
    expect(dim(MARKS, 3)).toEqual([])
  })
  test.each(['light', 'dark'])('has shades in one order of lightness: %s', (look) => {
    const shades = [1, 2, 3, 4, 5].map((at) => luminance(values.get(`--seq-${at}`)?.[look === 'light' ? 0 : 1] ?? ''))
    const sorted = [...shades].sort((a, b) => (look === 'light' ? b - a : a - b))
    expect(shades).toEqual(sorted)
    expect(new Set(shades).size).toBe(5)
  })
})
