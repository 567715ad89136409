import type { Term } from './bundle'
import { type FieldDb, keep, kept } from './db'

const MOST = 12
const REMEMBERED = 5

/** The divisions around one, the widest first. */
export function parents(byCode: Map<string, Term>, code: string): Term[] {
  const around = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, ...(code.length > 6 ? [code.slice(0, 6)] : [])]
  return [...new Set(around)].flatMap((one) => (one === code ? [] : (byCode.get(one) ?? [])))
}

export function named(of: Term, lang: 'zh' | 'en'): string {
  return lang === 'zh' ? of.zh : of.en
}

/** Divisions whose name, in either language, or whose code the typed text begins; after them those that have it in them. */
export function matching(places: Term[], typed: string): Term[] {
  const text = typed.toLowerCase()
  const begins: Term[] = []
  const has: Term[] = []
  for (const one of places) {
    const en = one.en.toLowerCase()
    if (one.zh.startsWith(text) || en.startsWith(text) || one.code.startsWith(text)) begins.push(one)
    else if (one.zh.includes(text) || en.includes(text)) has.push(one)
  }
  // The wider division is meant more often than one of the same name within another.
  const width = (one: Term) => one.code.replace(/(00)+$/, '').length
  return [...begins.sort((a, b) => width(a) - width(b)), ...has].slice(0, MOST)
}

/** The divisions that were last chosen on this phone, the latest first. */
export async function chosenLately(db: FieldDb, field: string): Promise<string[]> {
  return (await kept<string[]>(db, `lately ${field}`)) ?? []
}

export async function remember(db: FieldDb, field: string, code: string): Promise<void> {
  const before = await chosenLately(db, field)
  await keep(db, `lately ${field}`, [code, ...before.filter((one) => one !== code)].slice(0, REMEMBERED))
}
