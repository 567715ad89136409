import type { useSpoken } from './words'
import type { Asked, Measure, MeasureTerm, Term, Terms, Today } from '../../api/whatif'

export type By = 'reproduction' | 'doubling_days'

/** A measure as it stands in the form; null where a field is empty. */
export interface DraftMeasure {
  taken: boolean
  begins: number | null
  ends: number | null
  share: number | null
  delay: number | null
  effect: number | null
}

export interface DraftScenario {
  key: number
  name: string
  by: By
  value: number | null
  low: number | null
  high: number | null
  measures: Record<Measure, DraftMeasure>
}

export interface Draft {
  days: number | null
  runs: number | null
  seed: number | null
  assumptions: Record<string, number | null>
  scenarios: DraftScenario[]
}

/** The unit that a value is said with: 1 set, 2 sets; a share has its percent sign. */
export function unitOf(unit: Term['unit'], value: number | null, w: ReturnType<typeof useSpoken>): string {
  if (unit === 'share' || unit === 'number') return ''
  return w.t(value === 1 ? `unit.one.${unit}` : `unit.${unit}`)
}

/** The published number infected by one; a doubling time is the user's own to set. */
export function growthOf(terms: Terms, by: By): Pick<DraftScenario, 'by' | 'value' | 'low' | 'high'> {
  if (by === 'doubling_days') return { by, value: null, low: null, high: null }
  return { by, value: terms.reproduction.value, low: terms.reproduction.low, high: terms.reproduction.high }
}

export function measureOf(term: MeasureTerm, begins: number | undefined): DraftMeasure {
  const { share, delay, effect } = term.published
  return { taken: begins !== undefined, begins: begins ?? 0, ends: null, share, delay, effect }
}

/** The figure that stands in the form first: the area's own, else the published one. */
export function firstValue(term: Term, today: Today): number | null {
  return today.own[term.code]?.value ?? term.published?.value ?? null
}

export function firstDraft(terms: Terms, today: Today, lang: 'zh' | 'en'): Draft {
  return {
    ...terms.start,
    assumptions: Object.fromEntries(terms.assumptions.map((one) => [one.code, firstValue(one, today)])),
    scenarios: terms.starts.map((start, key) => ({
      key,
      name: start[lang],
      ...growthOf(terms, 'reproduction'),
      measures: Object.fromEntries(
        terms.measures.map((one) => [one.code, measureOf(one, start.begins[one.code])]),
      ) as DraftScenario['measures'],
    })),
  }
}

/** What is asked of the server; empty fields are left out, and the server names each. */
export function askedOf(draft: Draft, area: string, disease: string): Asked {
  return {
    area,
    disease,
    days: draft.days ?? 0,
    runs: draft.runs ?? 0,
    seed: draft.seed ?? 0,
    assumptions: Object.fromEntries(
      Object.entries(draft.assumptions).filter((entry): entry is [string, number] => entry[1] !== null),
    ),
    scenarios: draft.scenarios.map((one) => ({
      name: one.name,
      growth: { [one.by]: one.value, low: one.low, high: one.high },
      measures: Object.fromEntries(
        Object.entries(one.measures)
          .filter(([, its]) => its.taken)
          .map(([code, { taken: _, ...its }]) => [code, { ...its, delay: its.delay ?? 0 }]),
      ),
    })),
  } as Asked
}
