import type { DayCount, Estimates } from '../../api/warning'
import { dayAfter } from '../../chart/plot/scale'
import type { Words } from './words'

const WEEK = 7

export const oneDigit = (n: number): number => Math.round(n * 10) / 10

/** The sum over the seven days that end `back` days before the one asked about; null where no day of them is known. */
export function weekOf(days: readonly DayCount[], asOf: string, back = 0): number | null {
  const last = dayAfter(asOf, -back)
  const first = dayAfter(last, 1 - WEEK)
  const known = days.filter((one) => one.day >= first && one.day <= last)
  return known.length ? known.reduce((sum, one) => sum + one.n, 0) : null
}

/** What a figure says in plain words; null where there is nothing to say. */
export function reading(of: Estimates, code: string, w: Words): string | null {
  const said = of.readings.find((one) => one.code === code)
  return said ? w.name(said) : null
}
