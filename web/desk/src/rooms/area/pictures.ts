import type { By, DayCount, Estimates, Infections, Spread } from '../../api/warning'
import type { Column, Layer, Picture, Point } from '../../chart/plot/picture'
import { dayAfter, daysOf } from '../../chart/plot/scale'
import type { Words } from './words'

const BAR = 'var(--data-bar)'
const NINE = 'var(--data-band)'
const HALF = 'var(--data-band-inner)'
const PAST = 'var(--data-past)'
const LINE = 'var(--data-line)'
const ALARM = 'var(--data-alarm)'
/** How many days before the one asked about are drawn. */
const DAYS_BACK = 60
/** Higher bounds of R tell nothing more. */
const MOST_R = 6

/** The value at a level of a day's quantiles; null where that level was not reckoned. */
export function quantile(levels: readonly number[], q: readonly (number | null)[], level: number): number | null {
  const at = levels.findIndex((one) => Math.abs(one - level) < 1e-9)
  return at < 0 ? null : (q[at] ?? null)
}

/** The pairs of levels that are drawn as bands: nine in ten, or what comes nearest to it, and half. */
export function bandsOf(levels: readonly number[]): { low: number; high: number; share: number }[] {
  const has = (level: number) => levels.some((one) => Math.abs(one - level) < 1e-9)
  const wide = [0.05, 0.025, 0.1].find((low) => has(low) && has(1 - low))
  return [wide, has(0.25) && has(0.75) ? 0.25 : undefined]
    .filter((low) => low !== undefined)
    .map((low) => ({ low, high: 1 - low, share: Math.round((1 - 2 * low) * 100) }))
}

type Drawn = 'curve' | 'rt' | 'fc' | 'inf'

/** A wide band, a narrow one and the middle, one above the other. */
function fan<D extends { q: (number | null)[] }>(
  of: { levels: number[]; days: D[] },
  dayOf: (one: D) => string,
  what: Drawn,
  w: Words,
): Layer[] {
  const bands = bandsOf(of.levels).map(
    ({ low, high, share }): Layer => ({
      as: 'band',
      name: w.t(`${what}.band`, { n: share }),
      colour: share > 50 ? NINE : HALF,
      spans: of.days.map((one) => ({
        day: dayOf(one),
        low: quantile(of.levels, one.q, low),
        high: quantile(of.levels, one.q, high),
      })),
    }),
  )
  const middle: Point[] = of.days.map((one) => ({ day: dayOf(one), at: quantile(of.levels, one.q, 0.5) }))
  return [...bands, { as: 'line', name: w.t(`${what}.middle`), colour: LINE, points: middle }]
}

/** A column for each level that is drawn. */
function levelColumns<D extends { q: (number | null)[] }>(
  prefix: 'nowcast' | 'R' | 'forecast' | 'infected',
  of: { levels: number[]; days: D[] },
  dayOf: (one: D) => string,
  w: Words,
): Column[] {
  const byDay = new Map(of.days.map((one) => [dayOf(one), one.q]))
  const levels = [...bandsOf(of.levels).flatMap(({ low, high }) => [low, high]), 0.5].sort((a, b) => a - b)
  return levels.map((level) => ({
    key: `${prefix}_q${String(level * 100).padStart(2, '0')}`,
    title: w.t(`lv.${prefix}`, { level: w.n(Math.round(level * 1000) / 10) }),
    of: (day) => quantile(of.levels, byDay.get(day) ?? [], level),
  }))
}

const breaksOf = (of: Estimates, w: Words) => of.breaks.map((one) => ({ day: one.day, name: w.name(one) }))

function points(days: readonly DayCount[]): Point[] {
  return days.map((one) => ({ day: one.day, at: one.n }))
}

function countColumn(days: readonly DayCount[], title: string): Column {
  const byDay = new Map(days.map((one) => [one.day, one.n]))
  return { key: 'cases', title, of: (day) => byDay.get(day) ?? null }
}

function firstDay(of: Estimates, days: readonly DayCount[]): string {
  const earliest = dayAfter(of.as_of, -DAYS_BACK)
  const first = days.find((one) => one.n > 0)?.day ?? days[0]?.day ?? of.as_of
  return first > earliest ? dayAfter(first, -1) : earliest
}

export interface Plot {
  picture: Picture
  columns: Column[]
}

/** The known cases of each day; by onset with what is still to be reported; the days on which a detector gave alarm. */
export function curve(of: Estimates, by: By, w: Words): Plot {
  const days = of.series[by]
  const from = firstDay(of, days)
  const known = days.filter((one) => one.day >= from)
  const layers: Layer[] = [{ as: 'bars', name: w.t('curve.reported'), colour: BAR, points: points(known) }]
  const columns = [countColumn(known, w.t('curve.reported'))]
  if (by === 'onset' && !of.nowcast.refused) {
    const kept = { ...of.nowcast, days: of.nowcast.days.filter((one) => one.day >= from) }
    layers.unshift(...fan(kept, (one) => one.day, 'curve', w))
    columns.push(...levelColumns('nowcast', kept, (one) => one.day, w))
  }
  const alarms = by === 'confirmation' ? of.alarms.filter((one) => one.day >= from) : []
  if (alarms.length) {
    const each = [...new Map(alarms.map((one) => [one.day, { day: one.day, at: one.observed }])).values()]
    layers.push({ as: 'marks', name: w.t('curve.alarm'), colour: ALARM, points: each })
    columns.push({
      key: 'alarms',
      title: w.t('curve.alarm'),
      of: (day) => alarms.filter((one) => one.day === day).length,
    })
  }
  return { picture: { from, to: of.as_of, layers, breaks: breaksOf(of, w) }, columns }
}

/** R at the end of each window. */
export function ratio(of: Estimates, w: Words): Plot {
  const { rt } = of
  const from = firstDay(of, of.series.onset)
  const kept = { ...rt, days: rt.days.filter((one) => one.end >= from) }
  const below = new Map(kept.days.map((one) => [one.end, one.below_one]))
  return {
    picture: {
      from,
      to: of.as_of,
      layers: fan(kept, (one) => one.end, 'rt', w),
      against: { at: 1, name: w.t('rt.one') },
      breaks: breaksOf(of, w),
      most: MOST_R,
      parts: true,
    },
    columns: [
      ...levelColumns('R', kept, (one) => one.end, w),
      { key: 'below_one', title: w.t('rt.below'), of: (day) => below.get(day) ?? null },
    ],
  }
}

/** Where the plot of R is cut, if a bound that is drawn lies above. */
export function cutAt(of: Estimates): number | null {
  const from = firstDay(of, of.series.onset)
  const [wide] = bandsOf(of.rt.levels)
  const above = of.rt.days.some(
    (one) => wide && one.end >= from && (quantile(of.rt.levels, one.q, wide.high) ?? 0) > MOST_R,
  )
  return above ? MOST_R : null
}

/** What is thought to be true of the latest days, as the forecast begins from there. */
function unreported(of: Estimates, from: string, w: Words): Layer[] {
  if (of.nowcast.refused) return []
  const kept = { ...of.nowcast, days: of.nowcast.days.filter((one) => one.day >= from) }
  return fan(kept, (one) => one.day, 'curve', w)
    .slice(0, 1)
    .map((layer) => ({ ...layer, colour: PAST }))
}

/** The last four weeks by onset as known and the days to come, which are counted by onset too. */
export function ahead(of: Estimates, w: Words): Plot {
  const days = of.series.onset
  const from = dayAfter(of.as_of, -27)
  const known = days.filter((one) => one.day >= from)
  return {
    picture: {
      from,
      to: of.forecast.days.at(-1)?.day ?? of.as_of,
      layers: [
        ...unreported(of, from, w),
        { as: 'bars', name: w.t('curve.reported'), colour: BAR, points: points(known) },
        ...fan(of.forecast, (one) => one.day, 'fc', w),
      ],
      breaks: breaksOf(of, w),
    },
    columns: [countColumn(known, w.t('curve.reported')), ...levelColumns('forecast', of.forecast, (one) => one.day, w)],
  }
}

/** Those who were infected on a day, by the days on which they fell ill. */
export function infected(of: Infections, w: Words): Plot {
  const first = of.days.find((one) => one.q.some((value) => value > 0))?.day ?? of.as_of
  const earliest = dayAfter(of.as_of, -DAYS_BACK)
  const days = of.days.filter((one) => one.day >= (first > earliest ? dayAfter(first, -1) : earliest))
  const byDay = new Map(days.map((one) => [one.day, one.share]))
  return {
    picture: {
      from: days[0]?.day ?? of.as_of,
      to: of.as_of,
      layers: fan({ ...of, days }, (one) => one.day, 'inf', w),
    },
    columns: [
      ...levelColumns('infected', { ...of, days }, (one) => one.day, w),
      { key: 'share', title: w.t('inf.share'), of: (day) => byDay.get(day) ?? null },
    ],
  }
}

/** Areas that had their first case on a day. */
export function reaching(days: Spread['days'], w: Words): Plot {
  const byDay = new Map(days.map((one) => [one.day, one]))
  const first = days[0]?.day ?? ''
  const last = days.at(-1)?.day ?? first
  return {
    picture: {
      from: first,
      to: last,
      layers: [
        {
          as: 'bars',
          name: w.t('sp.newly'),
          colour: HALF,
          points: daysOf(first, last).map((day) => ({ day, at: byDay.get(day)?.newly.length ?? null })),
        },
      ],
    },
    columns: [
      { key: 'newly_affected', title: w.t('sp.newly'), of: (day) => byDay.get(day)?.newly.length ?? null },
      { key: 'affected', title: w.t('sp.reached'), of: (day) => byDay.get(day)?.reached ?? null },
    ],
  }
}
