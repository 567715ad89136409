import { ask, query } from './client'
import type { Schemas } from './types'

/** Flights, people who want to come home, calls for help, and those who have come. */

export type Flight = Schemas['FlightOut']
export type Stranded = Schemas['StrandedOut']
export type StrandedPage = Schemas['StrandedPageOut']
export type Seating = Schemas['SeatingOut']
export type Proposed = Schemas['SeatedOut']
export type Call = Schemas['HelpOut']
export type Arrival = Schemas['ArrivalOut']
export type ArrivalPage = Schemas['ArrivalPageOut']
export type ArrivalCard = Schemas['ArrivalCardOut']
export type ArrivalCounts = Schemas['ArrivalCountsOut']
export type Wanted = Partial<Schemas['ArrivalsIn']>

const at = (id: string) => `/arrivals/${encodeURIComponent(id)}`

export const arrivals = {
  flights: (asked: { area?: string; after?: string }, signal?: AbortSignal) =>
    ask<Schemas['FlightsOut']>(`/flights${query(asked)}`, { signal }),
  plan: (body: Record<string, unknown>) => ask<{ id: string }>('/flights', { body }),
  stranded: (asked: Partial<Schemas['StrandedListIn']>, signal?: AbortSignal) =>
    ask<StrandedPage>('/stranded/list', { signal, body: asked }),
  register: (body: Schemas['StrandedIn']) => ask<{ id: string }>('/stranded', { body }),
  estimate: (body: Schemas['EstimateIn']) => ask<{ id: string }>('/stranded/estimate', { body }),
  settle: (person: string, seat: Stranded['seat'], flight: string | null) =>
    ask<unknown>(`/stranded/${encodeURIComponent(person)}/seat`, { body: { seat, flight } }),
  seating: (area: string, signal?: AbortSignal) => ask<Seating>(`/stranded/seating${query({ area })}`, { signal }),
  confirmSeating: (body: Schemas['SeatingConfirmIn']) =>
    ask<Schemas['SeatingConfirmedOut']>('/stranded/seating/confirm', { body }),
  land: (flight: string, arrived: string) =>
    ask<Schemas['ListedOut']>(`/flights/${encodeURIComponent(flight)}/landed`, { body: { arrived } }),
  calls: (asked: Partial<Schemas['HelpListIn']>, signal?: AbortSignal) =>
    ask<Schemas['HelpPageOut']>('/help/list', { signal, body: asked }),
  call: (body: Schemas['HelpIn']) => ask<{ id: string }>('/help', { body }),
  answer: (id: string, state: Call['state']) =>
    ask<unknown>(`/help/${encodeURIComponent(id)}/answer`, { body: { state } }),
  list: (wanted: Wanted, signal?: AbortSignal) => ask<ArrivalPage>('/arrivals/list', { signal, body: wanted }),
  counts: (area: string, signal?: AbortSignal) => ask<ArrivalCounts>(`/arrivals/counts${query({ area })}`, { signal }),
  card: (id: string, signal?: AbortSignal) => ask<ArrivalCard>(at(id), { signal }),
  act: (id: string, act: 'acknowledge' | 'measure' | 'supply', body: Record<string, unknown>) =>
    ask<unknown>(`${at(id)}/${act}`, { body }),
}
