import { ask, query } from './client'
import type { Schemas } from './types'

/** Orders, stations and needs. People are pseudonyms here. */

export type Order = Schemas['OrderOut']
export type OrderPage = Schemas['OrdersOut']
export type OrderCard = Schemas['IsolationCardOut']
export type OrderCounts = Schemas['IsolationCountsOut']
export type Stage = Order['stage']
export type Mode = Order['mode']
export type Policy = Schemas['IsolationTermsOut']
export type Told = Schemas['IsolationToldOut']
export type Fault = Schemas['IsolationFaultOut']
export type Plan = Schemas['PlanOut']
export type Station = Schemas['StationOut']
export type StationCard = Schemas['StationCardOut']
export type Imported = Schemas['ImportedOut']
export type Need = Schemas['NeedOut']
export type NeedPage = Schemas['NeedsOut']
/** What the list is narrowed to. */
export type Wanted = Partial<Schemas['OrdersIn']>

const order = (id: string) => `/isolation/orders/${encodeURIComponent(id)}`
const station = (id: string) => `/stations/${encodeURIComponent(id)}`
const need = (id: string) => `/needs/${encodeURIComponent(id)}`

/** Changes with the software alone: asked for once. */
let policy: Promise<Policy> | null = null

export const isolation = {
  policy: (_signal?: AbortSignal) => {
    policy ??= ask<Policy>('/isolation/terms').catch((error) => {
      policy = null
      throw error
    })
    return policy
  },
  orders: (wanted: Wanted, signal?: AbortSignal) => ask<OrderPage>('/isolation/orders/list', { signal, body: wanted }),
  counts: (area: string, signal?: AbortSignal) => ask<OrderCounts>(`/isolation/counts${query({ area })}`, { signal }),
  card: (id: string, signal?: AbortSignal) => ask<OrderCard>(order(id), { signal }),
  give: (body: Schemas['OrderIn']) => ask<Schemas['DoneOut']>('/isolation/orders', { body }),
  act: (id: string, act: string, body: Record<string, unknown>) => ask<unknown>(`${order(id)}/${act}`, { body }),
  allocate: (body: Partial<Schemas['AllocateIn']>) => ask<Plan>('/isolation/allocate', { body }),
}

export const stations = {
  list: (asked: { area?: string; closed?: string }, signal?: AbortSignal) =>
    ask<Schemas['StationsOut']>(`/stations${query(asked)}`, { signal }),
  card: (id: string, signal?: AbortSignal) => ask<StationCard>(station(id), { signal }),
  open: (body: Record<string, unknown>) => ask<{ id: string }>('/stations', { body }),
  take: (rows: Record<string, unknown>[]) => ask<Imported>('/stations/import', { body: { rows } }),
  act: (id: string, act: string, body: Record<string, unknown>) => ask<unknown>(`${station(id)}/${act}`, { body }),
}

export const needs = {
  list: (
    asked: { area?: string; category?: string; open?: string; person?: string; after?: string },
    signal?: AbortSignal,
  ) => ask<NeedPage>(`/needs${query(asked)}`, { signal }),
  ask: (body: Record<string, unknown>) => ask<{ id: string }>('/needs', { body }),
  words: (id: string, purpose: string) => ask<{ words: string }>(`${need(id)}/words`, { body: { purpose } }),
  act: (id: string, act: 'acknowledge' | 'met', body: Record<string, unknown>) =>
    ask<unknown>(`${need(id)}/${act}`, { body }),
}
