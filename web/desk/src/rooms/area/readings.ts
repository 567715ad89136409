import type { Alarm, By, DayCount, Estimates, Score, Spread } from '../../api/warning'
import { dayAfter } from '../../chart/plot/scale'
import { quantile } from './pictures'
import type { Words } from './words'

/** Less sure than this, neither side of 1 is named. */
const LEAST_SURE = 0.6
/** A day counts as fully reported when no more than this share is thought to be still to come. */
const STILL_TO_COME = 0.05
const WEEK = 7
const LATELY = 14

export const oneDigit = (n: number): number => Math.round(n * 10) / 10

/** The sum over the seven days that end `back` days before the one asked about; null where no day of them is known. */
export function weekOf(days: readonly DayCount[], asOf: string, back = 0): number | null {
  const last = dayAfter(asOf, -back)
  const first = dayAfter(last, 1 - WEEK)
  const known = days.filter((one) => one.day >= first && one.day <= last)
  return known.length ? known.reduce((sum, one) => sum + one.n, 0) : null
}

/** How sure, in whole percent; never told as certain. */
export function sure(share: number, w: Words): string {
  const percent = Math.floor(share * 100 + 1e-9)
  return percent >= 99 ? w.t('rt.sure.most') : w.t('rt.sure', { n: w.n(percent) })
}

/** What was not reckoned, and why. */
export function refusal(what: 'nowcast' | 'rt' | 'fc', why: { zh: string; en: string }, w: Words): string {
  return w.t('area.refused', { what: w.t(`${what}.title`), reason: w.name(why) })
}

export function readCurve(of: Estimates, by: By, w: Words): string {
  const n = weekOf(of.series[by], of.as_of)
  const before = weekOf(of.series[by], of.as_of, WEEK)
  const values = { n: n === null ? '—' : w.n(n), before: before === null ? '—' : w.n(before), by: w.t(`by.${by}`) }
  return w.t(n === 0 ? 'curve.read.none' : 'curve.read', values)
}

/** The latest day of which some are thought to be still unreported, and how many there may be. */
export function readNowcast(of: Estimates, w: Words): string | null {
  if (of.nowcast.refused) return refusal('nowcast', of.nowcast.refused, w)
  const { levels, days } = of.nowcast
  const short = days.findLast((one) => {
    const mid = quantile(levels, one.q, 0.5)
    return mid !== null && mid - one.reported > STILL_TO_COME * mid
  })
  if (!short) return days.length ? w.t('nowcast.full') : null
  const [low, mid, high] = [0.05, 0.5, 0.95].map((level) => Math.round(quantile(levels, short.q, level) ?? 0))
  return w.t('nowcast.read', {
    day: w.day(short.day),
    n: w.n(short.reported),
    low: w.n(low ?? 0),
    mid: w.n(mid ?? 0),
    high: w.n(high ?? 0),
  })
}

/** R, and on which side of 1 it is with what certainty. */
export function readRatio(of: Estimates, w: Words): string | null {
  if (of.rt.refused) return refusal('rt', of.rt.refused, w)
  const last = of.rt.days.at(-1)
  if (!last) return null
  const r = w.n(oneDigit(last.mean))
  const above = 1 - last.below_one
  if (last.below_one >= LEAST_SURE) return w.t('rt.read.below', { r, sure: sure(last.below_one, w) })
  if (above >= LEAST_SURE) return w.t('rt.read.above', { r, sure: sure(above, w) })
  return w.t('rt.read.unsure', { r })
}

export function readForecast(of: Estimates, w: Words): string | null {
  if (of.forecast.refused) return refusal('fc', of.forecast.refused, w)
  const last = of.forecast.days.at(-1)
  if (!last) return null
  const said = (level: number) => {
    const value = quantile(of.forecast.levels, last.q, level)
    return value === null ? '—' : w.n(Math.round(value))
  }
  return w.t('fc.read', { day: w.day(last.day), mid: said(0.5), low: said(0.05), high: said(0.95) })
}

export function readScore(score: Score | null, w: Words): string {
  if (!score?.origins) return w.t('fc.score.none')
  const held = score.coverage.map((one) =>
    w.t('fc.score.cover', { level: w.n(Math.round(one.level * 100)), share: w.n(Math.round(one.share * 100)) }),
  )
  const read = w.t('fc.score.read', { n: w.n(score.origins), wis: w.n(oneDigit(score.wis)) })
  return held.length ? `${read} ${held.join(w.t('list.comma'))}` : read
}

export function readAlarms(alarms: readonly Alarm[], asOf: string, w: Words): string {
  if (!alarms.length) return w.t('al.none')
  const lately = alarms.filter((one) => one.day > dayAfter(asOf, -LATELY))
  const last = lately.reduce<Alarm | null>((a, b) => (a && a.day >= b.day ? a : b), null)
  if (!last) return w.t('al.old')
  return w.t('al.read', {
    n: w.n(lately.length),
    day: w.day(last.day),
    name: w.name(last),
    seen: w.n(last.observed),
    upper: last.upper === null ? '—' : w.n(oneDigit(last.upper)),
  })
}

export function readSpread(of: Spread, w: Words): string {
  const last = of.days.at(-1)
  if (!last?.reached) return w.t('sp.none')
  const newly = of.days.slice(-WEEK).reduce((sum, one) => sum + one.newly.length, 0)
  return w.t('sp.read', { n: w.n(newly), all: w.n(last.reached) })
}
