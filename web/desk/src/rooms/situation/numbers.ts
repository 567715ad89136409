/** What the page makes of numbers on its way to the eye. None of them is a figure of its own. */

export const PER = 100_000

/** A count for each 100,000 of the population, to one decimal; null where either is not known. */
export function perPopulation(n: number | null | undefined, population: number | null | undefined): number | null {
  if (n == null || !population) return null
  return Math.round((n / population) * PER * 10) / 10
}

export interface Change {
  by: number
  /** Whether that is for the better; null where neither way is. */
  better: boolean | null
}

/** What came or went since the day before; null where one of the two is not known. */
export function changeOf(
  of: { n: number | null; before: number | null },
  better: 'lower' | 'higher' | 'none',
): Change | null {
  if (of.n === null || of.before === null) return null
  const by = of.n - of.before
  return { by, better: better === 'none' || by === 0 ? null : (better === 'higher') === by > 0 }
}

/** A share in whole percent: never rounded up to all, nor down to none. */
export function percent(n: number, of: number): number | null {
  if (of <= 0) return null
  if (n > 0 && n < of) return Math.min(99, Math.max(1, Math.round((n / of) * 100)))
  return Math.round((n / of) * 100)
}

const MOST_BANDS = 5

/** Lower bounds of the classes by which a map is shaded, ascending: of 1, 2, 5, 10, 20 … the highest five that are
 * reached. Counts begin at 1; rates where their classes begin, so that the first is open below. */
export function bandsOf(values: readonly (number | null)[], whole: boolean): number[] {
  const highest = Math.max(0, ...values.map((one) => one ?? 0))
  if (highest <= 0) return []
  // So few are told apart one by one.
  if (whole && highest <= MOST_BANDS) return Array.from({ length: highest }, (_, at) => at + 1)
  const bands: number[] = []
  for (let power = whole ? 0 : -1; 10 ** power <= highest; power += 1)
    for (const step of [1, 2, 5]) {
      const bound = Number((step * 10 ** power).toPrecision(1))
      if (bound <= highest) bands.push(bound)
    }
  if (!bands.length) return [0]
  const kept = bands.slice(-MOST_BANDS)
  kept[0] = whole ? 1 : 0
  return kept
}

/** The class of a value: −1 not known, 0 none, from 1 the band that it is in. */
export function bandOf(value: number | null | undefined, bands: readonly number[]): number {
  if (value == null) return -1
  return value === 0 ? 0 : Math.max(1, bands.filter((low) => low <= value).length)
}

/** Of five shades, which one a band of so many has: few bands stand far apart. */
export function shadeAt(band: number, bands: number): number {
  return bands <= 1 ? 3 : 1 + Math.round(((band - 1) / (bands - 1)) * 4)
}

/** Bars of a small picture: where each stands and how high, in the units of the picture. What is not known has none. */
export function sparkBars(
  values: readonly (number | null)[],
  wide: number,
  high: number,
  most: number,
): { x: number; width: number; height: number }[] {
  const step = wide / Math.max(1, values.length)
  return values.flatMap((value, at) => {
    if (value === null || value <= 0) return []
    const height = Math.max(1, (value / Math.max(1, most)) * high)
    return [{ x: at * step + step * 0.12, width: step * 0.76, height: Math.round(height * 10) / 10 }]
  })
}
