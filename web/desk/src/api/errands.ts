import { ask, query } from './client'
import type { Schemas } from './types'

/** Residents' orders. Who somebody is stands in none of them: a person is a pseudonym. */

export type Errand = Schemas['ErrandOut']
export type ErrandPage = Schemas['ErrandsOut']
export type Terms = Schemas['ErrandTermsOut']
export type Door = Schemas['ErrandDoorOut']
export type Placing = Schemas['ErrandIn']
export type Step = Schemas['ErrandStepIn']['step']

const errand = (id: string) => `/errands/${encodeURIComponent(id)}`

export interface Wanted {
  area?: string
  category?: string
  open?: string
  mine?: string
  after?: string
}

export const errands = {
  terms: (signal?: AbortSignal) => ask<Terms>('/errands/terms', { signal }),
  list: (wanted: Wanted, signal?: AbortSignal) => ask<ErrandPage>(`/errands${query({ ...wanted })}`, { signal }),
  place: (body: Partial<Placing>) => ask<Schemas['ErrandPlacedOut']>('/errands', { body }),
  door: (id: string, purpose: string) => ask<Door>(`${errand(id)}/door`, { body: { purpose } }),
  matches: (id: string, signal?: AbortSignal) => ask<Schemas['CarrierMatchesOut']>(`${errand(id)}/matches`, { signal }),
  accept: (id: string, fact: string, carrier: string | null) =>
    ask<unknown>(`${errand(id)}/accept`, { body: { fact, carrier } }),
  carry: (id: string, fact: string, step: Step, reason: string | null) =>
    ask<unknown>(`${errand(id)}/carry`, { body: { fact, step, reason } }),
  close: (id: string, fact: string, how: 'confirmed' | 'cancelled') =>
    ask<unknown>(`${errand(id)}/close`, { body: { fact, how } }),
  takeBack: (id: string, fact: string) => ask<unknown>(`${errand(id)}/retract`, { body: { fact, why: 'mistaken' } }),
}
