import type { Cell, Row } from '../api/types'
import type { Token } from '../look'

/** Classes of a count for shading: 0 stated, then bands whose lower bounds follow 1, 2, 5, 10, 20, 50 … */
export interface Shade {
  /** Lower bounds of the bands, ascending; the last band is open above. */
  bands: number[]
  max: number
}

/** Which of the ramp a number of bands uses: few bands stand apart, and none is needlessly dark. */
export const RAMP: readonly Token[] = ['--seq-1', '--seq-2', '--seq-3', '--seq-4', '--seq-5']
const USED: Record<number, number[]> = { 1: [1], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4] }
const MOST = 5

export const ZERO: Token = '--data-zero'
export const IMPLIED: Token = '--data-implied'
export const MISSING: Token = '--data-missing'

export function shadeOf(rows: readonly Row[], metric: string): Shade {
  const max = Math.max(0, ...rows.map((r) => r.cells[metric]?.n ?? 0))
  const bands: number[] = []
  for (let i = 0, n = 1; n <= max; i += 1) {
    bands.push(n)
    n = Math.round(n * (i % 3 === 1 ? 2.5 : 2))
  }
  // Few bands are told apart more easily: the lowest ones are joined.
  while (bands.length > MOST) bands.splice(1, 1)
  return { bands, max }
}

export function colour(shade: Shade, cell: Cell | null | undefined): Token {
  if (!cell) return MISSING
  if (cell.n === 0) return cell.basis === 'implied' ? IMPLIED : ZERO
  const at = shade.bands.filter((low) => low <= cell.n).length - 1
  return bandColour(shade, at)
}

export function bandColour(shade: Shade, index: number): Token {
  return RAMP[USED[shade.bands.length]?.[index] ?? 0] as Token
}

/** The text of a band: 1, 2–4, ≥ 10. */
export function bandText(shade: Shade, index: number, n: (value: number) => string): string {
  const low = shade.bands[index] as number
  const next = shade.bands[index + 1]
  if (next === undefined) return shade.max === low ? n(low) : `${n(low)}–${n(shade.max)}`
  return next - 1 === low ? n(low) : `${n(low)}–${n(next - 1)}`
}

/** Is a colour, rgb(…), so dark that text on it must be white? */
export function isDark(seen: string): boolean {
  const [r = 0, g = 0, b = 0] = seen.match(/\d+/g)?.map(Number) ?? []
  return 0.299 * r + 0.587 * g + 0.114 * b < 140
}
