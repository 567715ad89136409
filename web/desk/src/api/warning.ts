import { ask, query } from './client'
import type { Schemas } from './types'

/** Signals, estimates, classes and the spread of cases. */

export interface Said {
  zh: string
  en: string
}
export interface Coded extends Said {
  code: string
}
export interface Evidence extends Said {
  code: string
  value: number | string | null
}
export type Signal = Schemas['SignalOut']
export type Signals = Schemas['SignalsOut']
export type RuleCounts = Schemas['SignalRuleOut']
export type SignalCounts = Schemas['SignalCountsOut']
export type Standing = Signal['status']
export type Outcome = Schemas['SignalReviewIn']['outcome']
export interface DayCount {
  day: string
  n: number
}
export type By = 'onset' | 'report' | 'confirmation'
export interface Alarm extends Said {
  detector: string
  day: string
  observed: number
  expected: number | null
  upper: number | null
}
export interface Score {
  origins: number
  wis: number
  baselines: (Said & { wis: number })[]
  coverage: { level: number; share: number }[]
}
export interface Estimates {
  area: string
  disease: string
  as_of: string
  known_at: string | null
  seq: number
  /** Known cases without a day of onset: they are in no curve by onset. */
  unknown_onset: number
  breaks: (Said & { day: string })[]
  series: Record<By, DayCount[]>
  nowcast: { refused: Said | null; levels: number[]; days: { day: string; reported: number; q: number[] }[] }
  rt: {
    refused: Said | null
    window_days: number
    si_mean: number | null
    si_sd: number | null
    source: string | null
    levels: number[]
    days: { start: string; end: string; mean: number; q: number[]; below_one: number }[]
  }
  forecast: { refused: Said | null; levels: number[]; days: { day: string; q: number[] }[]; score: Score | null }
  detectors: (Coded & { source: string })[]
  alarms: Alarm[]
}
export interface Parts {
  as_of: string
  known_at: string | null
  seq: number
  parts: (Said & { area: string; days: DayCount[]; alarms: Alarm[] })[]
}
/** The risk of a county or the class of a community: which step of the rule gave it, and what it rests on. */
export interface Graded extends Said {
  area: string
  level: string | null
  step: Coded | null
  evidence: Evidence[]
  /** What the rule leaves to a person. */
  asks: Coded[]
  decision: { to: string; reason: string; at: string; until: string; role_zh: string; role_en: string } | null
}
export type Grade = Coded & { strategy_zh: string; strategy_en: string }
export interface Grades {
  edition: (Coded & { begins: string; ends: string | null; source: string }) | null
  levels: Grade[]
  areas: Graded[]
  /** Cases of which it is not known where they belong. */
  unplaced: number
}
type Named = Said & { area: string }
export interface Spread {
  as_of: string
  known_at: string | null
  seq: number
  days: { day: string; newly: Named[]; reached: number; cases: number }[]
  matrix: { came_from: Named | null; to: Named; cases: number }[]
  sources: { imported: number; local: number; linked_to_import: number; unknown: number }
}

/** As of which day, by what was known at which moment; null is now. */
export interface Clocks {
  as_of: string | null
  known_at: string | null
}

const at = (area: string, { as_of, known_at }: Clocks) => ({ area, as_of, known_at })

export const warning = {
  signals: (wanted: Record<string, string | null>, signal?: AbortSignal) =>
    ask<Signals>(`/warning/signals${query(wanted)}`, { signal }),
  counts: (wanted: Record<string, string | null>, signal?: AbortSignal) =>
    ask<SignalCounts>(`/warning/counts${query(wanted)}`, { signal }),
  review: (id: string, outcome: Outcome, reason: string) =>
    ask<Signal>(`/warning/signals/${encodeURIComponent(id)}/review`, { body: { outcome, reason } }),
  estimates: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Estimates>(`/warning/estimates${query({ ...at(area, clocks), disease })}`, { signal }),
  series: (area: string, disease: string, days: number, clocks: Clocks, signal?: AbortSignal) =>
    ask<Parts>(`/warning/series${query({ ...at(area, clocks), disease, by: 'confirmation', days: String(days) })}`, {
      signal,
    }),
  grades: (of: 'risk' | 'communities', area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Grades>(`/warning/${of}${query({ ...at(area, clocks), disease })}`, { signal }),
  decide: (grade: { scheme: string; area: string; disease: string; to: string; reason: string; until: string }) =>
    ask<{ id: string }>('/warning/grades', { body: grade }),
  spread: (area: string, disease: string, clocks: Clocks, signal?: AbortSignal) =>
    ask<Spread>(`/warning/spread${query({ ...at(area, clocks), disease })}`, { signal }),
}
