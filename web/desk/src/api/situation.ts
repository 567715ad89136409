import { ask, query } from './client'
import type { Schemas } from './types'

/** The registry of indicators, and the figures of an area: as of a day, by what was known at a moment. */

export type Indicator = Schemas['IndicatorOut']
export type Figure = Schemas['IndicatorFigureOut']
export type Figures = Schemas['IndicatorFiguresOut']
export type Part = Schemas['IndicatorPartOut']
export type Days = Schemas['IndicatorDaysOut']
/** A figure down to what it counts: somebody or something by pseudonym, or sums where the viewer sees sums only. */
export type Facts = Schemas['IndicatorExplainedOut']
export type Counted = Schemas['IndicatorItemOut']

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
