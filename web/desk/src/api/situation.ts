import { ask, query } from './client'

/** The registry of indicators, and the figures of an area: as of a day, by what was known at a moment. */

export interface Indicator {
  key: string
  group: string
  zh: string
  en: string
  unit: string
  kind: 'stock' | 'flow' | 'share'
  better: 'lower' | 'higher' | 'none'
  definition_zh: string
  definition_en: string
  formula: string
  source: string
  source_zh: string
  fact_kinds: string[]
  room: string | null
  per_population: boolean
  series: boolean
}

export interface Figure {
  n: number | null
  /** What a share is of. */
  of: number | null
  /** The day before. */
  before: number | null
  state: 'counted' | 'not_recorded' | 'hidden'
}

interface Named {
  code: string
  zh: string
  en: string
  level: string
}

export interface Part extends Named {
  population: number | null
  figures: Record<string, number | null>
  spark: Record<string, (number | null)[]>
}

export interface Check {
  code: string
  zh: string
  en: string
  holds: boolean | null
  detail: string | null
}

export interface Figures {
  area: Named
  day: string
  as_of: string
  known_at: string
  seq: number
  population: number | null
  figures: Record<string, Figure>
  parts: Part[]
  checks: Check[]
}

export interface Days {
  key: string
  area: string
  known_at: string
  days: { day: string; n: number | null }[]
  band?: { day: string; lower: number; median: number; upper: number }[] | null
}

export interface CountedFact {
  seq: number
  id: string
  kind: string
  title_zh: string
  title_en: string
  occurred_at: string
  recorded_at: string
}

/** What a figure counts: somebody or something by pseudonym, or a sum where the viewer sees sums only. */
export interface Counted {
  subject: string | null
  room: string | null
  id: string | null
  area: string | null
  number: string | null
  counts: number
  facts: CountedFact[]
}

export interface Facts {
  key: string
  area: string
  day: string
  known_at: string
  n: number | null
  found: number
  items: Counted[]
  next: string | null
  masked: boolean
  formula: string
  checks: Check[]
  revisions: { known_at: string; seq: number; n: number | null }[]
}

/** As of which day, by what was known at which moment; null is now. */
export interface When {
  day: string | null
  known_at: string | null
}

const of = (area: string) => `/areas/${encodeURIComponent(area)}/indicators`
const one = (area: string, key: string) => `${of(area)}/${encodeURIComponent(key)}`

/** A title begins a line here. */
const begins = (one: Indicator): Indicator => ({ ...one, en: one.en.charAt(0).toUpperCase() + one.en.slice(1) })

/** Changes with the software alone: asked for once. */
let registry: Promise<Indicator[]> | null = null

export const situation = {
  indicators: (_signal?: AbortSignal) => {
    registry ??= ask<Indicator[]>('/indicators').then(
      (all) => all.map(begins),
      (error) => {
        registry = null
        throw error
      },
    )
    return registry
  },
  figures: (area: string, when: When, signal?: AbortSignal) =>
    ask<Figures>(`${of(area)}${query({ ...when })}`, { signal }),
  days: (
    area: string,
    key: string,
    asked: { since?: string; until?: string; known_at: string | null },
    signal?: AbortSignal,
  ) => ask<Days>(`${one(area, key)}/days${query(asked)}`, { signal }),
  facts: (area: string, key: string, when: When, after: string | null, signal?: AbortSignal) =>
    ask<Facts>(`${one(area, key)}/facts${query({ ...when, after })}`, { signal }),
}
