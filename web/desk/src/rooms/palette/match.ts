/** Something that can be chosen: found by any of its spellings. */
export interface Spelled {
  spellings: string[]
}

/** Small letters without accents, spaces and marks. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether what was typed is syllables of a spelling, from one of them on: each whole or by its initial, the last as far
 * as it was typed. "ge li" is typed as geli, gel or gl. */
function follows(asked: string, syllables: readonly string[], at: number): boolean {
  const syllable = syllables[at]
  if (!asked) return true
  if (syllable === undefined) return false
  if (syllable.startsWith(asked)) return true
  return [syllable, syllable.slice(0, 1)].some(
    (part) => asked.startsWith(part) && follows(asked.slice(part.length), syllables, at + 1),
  )
}

/** How well a spelling is meant: 0 it is it, 1 it begins so, 2 so it goes on from a later word or syllable, 3 not. */
function rank(asked: string, spelling: string): number {
  const whole = plain(spelling)
  if (whole === asked) return 0
  if (/[^a-z0-9]/.test(asked)) return whole.startsWith(asked) ? 1 : whole.includes(asked) ? 2 : 3
  const parts = spelling
    .split(/[^\p{L}\p{N}]+/u)
    .map(plain)
    .filter(Boolean)
  if (follows(asked, parts, 0)) return 1
  return asked.length > 2 && parts.some((_, at) => follows(asked, parts, at)) ? 2 : 3
}

/** What somebody may mean who has typed this: what begins so before what holds it; all where nothing was typed. */
export function meant<T extends Spelled>(text: string, all: readonly T[]): T[] {
  const asked = plain(text)
  if (!asked) return [...all]
  return all
    .map((one) => ({ one, at: Math.min(...one.spellings.map((spelling) => rank(asked, spelling))) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
