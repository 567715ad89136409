/** Where days and values stand in a plot. Days are ISO dates (2020-01-28); a position is counted from the first one. */

const DAY_MS = 86_400_000

export function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10)
}

/** How many days `to` comes after `from`. */
export function daysApart(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** Each day of a stretch, both ends included. */
export function daysOf(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysApart(from, to) + 1) }, (_, n) => dayAfter(from, n))
}

/** Positions of days that are written at the axis: at most `most` of them, at equal steps, the last one always. */
export function dayTicks(length: number, most: number): number[] {
  const step = [1, 2, 7, 14, 28, 56, 112].find((one) => length / one <= most) ?? 224
  const found: number[] = []
  for (let at = length - 1; at >= 0; at -= step) found.unshift(at)
  return found
}

/** A few round values from 0 up to the highest; on a logarithmic scale the powers of ten. Whole numbers unless `parts`. */
export function ticks(highest: number, log = false, parts = false): number[] {
  if (highest <= 0) return [0]
  const power = 10 ** Math.floor(Math.log10(highest))
  if (log) {
    const tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].filter((one) => one <= highest)
    return [0, ...tens]
  }
  const step = [power / 5, power / 2, power, power * 2].find((one) => highest / one <= 4.5) ?? power * 5
  const fit = parts ? step : Math.max(step, 1)
  return Array.from({ length: Math.floor(highest / fit + 1e-9) + 1 }, (_, n) => Number((n * fit).toPrecision(12)))
}

/** 2020-01-28 as 1/28. */
export function shortDay(iso: string): string {
  const [, month, day] = iso.split('-')
  return `${Number(month)}/${Number(day)}`
}

/** How wide a text of 12 pixels is, about: a Chinese character is as wide as it is high. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 12 : 6.6), 0)
}

/** Stretches of neighbours without a gap: what is not known is not joined. */
export function stretches<T>(points: readonly T[], known: (point: T) => boolean): T[][] {
  const found: T[][] = []
  let open: T[] = []
  for (const point of points) {
    if (known(point)) open.push(point)
    else if (open.length) {
      found.push(open)
      open = []
    }
  }
  return open.length ? [...found, open] : found
}
