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

/** Pinyin in a row and its initials: "ge li" is typed as geli or gl. */
export function typed(pinyin: string): string[] {
  const syllables = pinyin.split(' ')
  return [syllables.join(''), syllables.map((one) => one[0]).join('')]
}

/** What somebody may mean who has typed this: what begins so before what holds it; all where nothing was typed. */
export function meant<T extends Spelled>(text: string, all: readonly T[]): T[] {
  const asked = plain(text)
  if (!asked) return [...all]
  const rank = ({ spellings }: Spelled) =>
    Math.min(
      ...spellings.map(plain).map((one) => {
        if (one.startsWith(asked)) return one.length === asked.length ? 0 : 1
        return one.includes(asked) && (asked.length > 2 || /[^a-z0-9]/.test(asked)) ? 2 : 3
      }),
    )
  return all
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
