import { useMemo } from 'react'
import { dayAfter, daysApart, daysOf } from '../../chart/plot/scale'
import { endOf } from '../../moments'
import type { Indicator } from '../../api/situation'
import { useFilter } from '../../route'

/** The curves that cases have by three clocks; any other measure has the one of its own days. */
export const CURVES = { onset: 'onset_new', report: 'report_new', confirmation: 'confirmed_new' } as const
export type By = keyof typeof CURVES | 'measure'
export type Per = 'count' | '100k'

/** What the page shows; all of it stands in the address. */
export interface View {
  area: string
  /** The last day that is counted; null is today. */
  day: string | null
  /** By what was known at this moment; null is now. */
  known: string | null
  measure: string
  per: Per
  by: By | null
  /** The part of the area that figures and curve are of; the area itself where none is chosen. */
  part: string | null
  /** The figure that explains itself. */
  figure: string | null
}

export const MEASURE = 'confirmed_cum'
const DAY = /^\d{4}-\d\d-\d\d$/
const BYS: readonly string[] = [...Object.keys(CURVES), 'measure']

export function viewOf(filter: Record<string, string>, home: string): View {
  const area = filter.area || home
  const by = filter.by ?? ''
  return {
    area,
    day: DAY.test(filter.day ?? '') ? (filter.day as string) : null,
    known: momentOf(filter.known),
    measure: filter.measure || MEASURE,
    per: filter.per === '100k' ? '100k' : 'count',
    by: BYS.includes(by) ? (by as By) : null,
    part: filter.part && filter.part !== area ? filter.part : null,
    figure: filter.figure || null,
  }
}

/** A moment of the address; one without an offset is by the clock of the authority. */
function momentOf(text: string | undefined): string | null {
  if (!text) return null
  const whole = /[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}+08:00`
  return Number.isNaN(Date.parse(whole)) ? null : whole
}

/** What is left out of an address because it stands there by itself. */
export function addressOf(part: Partial<View>): Record<string, string | null> {
  const set: Record<string, string | null> = { ...part }
  if (part.measure === MEASURE) set.measure = null
  if (part.per === 'count') set.per = null
  return set
}

/** The curve that is drawn: as chosen, else by the day of confirmation for a running total, else of the measure itself. */
export function byOf(view: Pick<View, 'by'>, measure: Pick<Indicator, 'key' | 'series' | 'group'>): By {
  const clock = (Object.keys(CURVES) as (keyof typeof CURVES)[]).find((one) => CURVES[one] === measure.key)
  if (view.by && (view.by !== 'measure' || measure.series)) return view.by
  if (clock) return clock
  return measure.key === MEASURE || !measure.series ? 'confirmation' : 'measure'
}

export const keyOf = (by: By, measure: Pick<Indicator, 'key'>): string => (by === 'measure' ? measure.key : CURVES[by])

export type Look = (part: Partial<View>, way?: 'push') => void

export function useView(home: string): [View, Look] {
  const [filter, narrow] = useFilter()
  const view = useMemo(() => viewOf(filter, home), [filter, home])
  const look = useMemo<Look>(() => (part, way) => narrow(addressOf(part), way), [narrow])
  return [view, look]
}

/** The two readings of a past day: as it is known now, and as it was known when the day ended. */
export type Reading = 'now' | 'then' | 'other'

export function readingOf(view: Pick<View, 'day' | 'known'>, today: string): Reading {
  if (!view.known) return 'now'
  return Date.parse(view.known) === Date.parse(endOf(view.day ?? today)) ? 'then' : 'other'
}

/** What the address says when a day is chosen: in the reading that stands. */
export function dayChosen(day: string, today: string, reading: Reading): Pick<View, 'day' | 'known'> {
  if (reading !== 'then') return day === today ? { day: null, known: null } : { day, known: null }
  return { day, known: endOf(day) }
}

const SHORTEST = 14
const LONGEST = 120

/** The first day that may be asked for. */
export const sinceOf = (today: string): string => dayAfter(today, -LONGEST)

/** The days that may be chosen: from the day before the first that counts something, two weeks at the least. */
export function spanOf(days: readonly { day: string; n: number | null }[], today: string): string[] {
  const first = days.find((one) => (one.n ?? 0) > 0)?.day ?? today
  const back = Math.min(LONGEST, Math.max(SHORTEST, daysApart(first, today) + 1))
  return daysOf(dayAfter(today, -back), today)
}
