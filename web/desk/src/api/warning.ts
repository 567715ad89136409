import { fetched } from './cases'
import { ask, query } from './client'
import { endOf } from '../moments'
import type { Lang, Schemas } from './types'

/** Signals, estimates, classes and the spread of cases. */

export type Signal = Schemas['SignalOut']
export type Signals = Schemas['SignalsOut']
export type RuleCounts = Schemas['SignalRuleOut']
export type SignalCounts = Schemas['SignalCountsOut']
export type Standing = Signal['status']
export type Outcome = Schemas['SignalReviewIn']['outcome']
/** Of a signal, where codes have words, or of a class. */
export type Evidence = Pick<Schemas['SignalEvidenceOut'], 'code' | 'zh' | 'en' | 'value'> &
  Partial<Pick<Schemas['SignalEvidenceOut'], 'value_zh' | 'value_en'>>
export type Estimates = Schemas['EstimatesOut']
export type Infections = Schemas['InfectionsOut']
export type DayCount = Schemas['DayCountOut']
export type By = keyof Estimates['series']
export type Alarm = Estimates['alarms'][number]
export type Score = NonNullable<Estimates['forecast']['skill']>
export type Parts = Schemas['PartsSeriesOut']
/** The risk of each county or the class of each community: which step of the rule gave it, and what it rests on. */
export type Grades = Schemas['GradedAreasOut']
export type Graded = Schemas['GradedAreaOut']
export type Grade = Schemas['GradeLevelOut']
/** Limits on entry to communities, with the rule that they stand under. */
export type Limits = Schemas['LimitsOut']
export type Limit = Schemas['LimitOut']
export type Spread = Schemas['SpreadOut']

/** As of which day, by what was known at which moment; null is now. */
export interface Clocks {
  as_of: string | null
  known_at: string | null
}

const at = (area: string, { as_of, known_at }: Clocks) => ({ area, as_of, known_at })
/** The same where a moment is asked for: a day is told as of its end. */
const atEnd = (area: string, { as_of, known_at }: Clocks) => ({ area, as_of: as_of && endOf(as_of), known_at })

export const warning = {
  signals: (wanted: Record<string, string | null>, signal?: AbortSignal) =>
    ask<Signals>(`/warning/signals${query(wanted)}`, { signal }),
  counts: (wanted: Record<string, string | null>, signal?: AbortSignal) =>
    ask<SignalCounts>(`/warning/counts${query(wanted)}`, { signal }),
  review: (id: string, outcome: Outcome, reason: string) =>
    ask<Signal>(`/warning/signals/${encodeURIComponent(id)}/review`, { body: { outcome, reason } }),
  estimates: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Estimates>(`/warning/estimates${query({ ...at(area, clocks), disease })}`, { signal }),
  infections: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Infections>(`/warning/infections${query({ ...at(area, clocks), disease })}`, { signal }),
  series: (area: string, disease: string, days: number, clocks: Clocks, signal?: AbortSignal) =>
    ask<Parts>(`/warning/series${query({ ...at(area, clocks), disease, by: 'confirmation', days: String(days) })}`, {
      signal,
    }),
  grades: (
    of: 'risk' | 'communities',
    area: string,
    disease: string,
    edition: string,
    clocks: Clocks,
    signal?: AbortSignal,
  ) => ask<Grades>(`/warning/${of}${query({ ...atEnd(area, clocks), disease, edition })}`, { signal }),
  assessment: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Schemas['AssessmentTemplateOut']>(`/warning/assessment${query({ ...atEnd(area, clocks), disease })}`, {
      signal,
    }),
  /** The pack of an area as PDF. */
  pack: (area: string, disease: string, clocks: Clocks, lang: Lang) =>
    fetched(`/warning/pack.pdf${query({ ...at(area, clocks), disease, lang })}`),
  decide: (grade: Schemas['GradeIn']) => ask<unknown>('/warning/grades', { body: grade }),
  limits: (area: string, signal?: AbortSignal) => ask<Limits>(`/warning/limits${query({ area })}`, { signal }),
  limit: (limit: Schemas['LimitIn']) => ask<unknown>('/warning/limits', { body: limit }),
  decideLimit: (id: string, approved: boolean, reason: string) =>
    ask<unknown>(`/warning/limits/${encodeURIComponent(id)}/decide`, { body: { approved, reason } }),
  lift: (id: string, reason: string) =>
    ask<unknown>(`/warning/limits/${encodeURIComponent(id)}/lift`, { body: { reason } }),
  signOff: (forecast: Schemas['ForecastSignOffIn']) => ask<unknown>('/warning/forecasts/sign-off', { body: forecast }),
  withdrawSignOff: (id: string, reason: string) =>
    ask<unknown>(`/warning/forecasts/${encodeURIComponent(id)}/withdraw`, { body: { reason } }),
  spread: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Spread>(`/warning/spread${query({ ...atEnd(area, clocks), disease })}`, { signal }),
}
