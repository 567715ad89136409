import { ask, query } from './client'
import type { Schemas } from './types'

/** Stock: the catalogue, stores, what moves, dispatches, stocktakes, and what runs short. */

export type Item = Schemas['SupplyItemOut']
export type Items = Schemas['SupplyItemsOut']
export type StoreRow = Schemas['ListedStockStoreOut']
export type StoreCard = Schemas['StoreCardOut']
export type Movement = Schemas['StockMovementOut']
export type Shortages = Schemas['ShortagesOut']
export type Shortage = Schemas['ShortageOut']
export type Dispatch = Schemas['DispatchOut']
export type Stage = Dispatch['stage']
export type Flag = Schemas['StockFlagOut']

export const LINES = ['medical', 'staff', 'daily'] as const
export const CLASSES = ['reagent', 'disinfection', 'protection', 'drug', 'equipment'] as const
export const KINDS = ['warehouse', 'hospital', 'station', 'producer', 'community'] as const
export const STAGES = ['planned', 'sent', 'received', 'cancelled'] as const

type Made = Schemas['StockIdOut']
const mistaken = { why: 'mistaken' } as const

export const supplies = {
  items: (signal?: AbortSignal) => ask<Items>('/supplies/items', { signal }),
  list: (body: Schemas['SupplyItemIn']) => ask<Made>('/supplies/items', { body }),
  stores: (area: string, signal?: AbortSignal) =>
    ask<Schemas['StockStoresOut']>(`/supplies/stores${query({ area })}`, { signal }),
  stations: (signal?: AbortSignal) => ask<Schemas['StoreStationOut'][]>('/supplies/stations', { signal }),
  open: (body: Schemas['StockStoreIn']) => ask<Made>('/supplies/stores', { body }),
  store: (id: string, signal?: AbortSignal) => ask<StoreCard>(`/supplies/stores/${id}`, { signal }),
  close: (id: string) => ask<Made>(`/supplies/stores/${id}/close`, { body: {} }),
  provide: (id: string, body: Schemas['StockDemandIn']) => ask<Made>(`/supplies/stores/${id}/demand`, { body }),
  move: (body: Schemas['StockMovementIn']) => ask<Made>('/supplies/movements', { body }),
  takeBack: (id: string) => ask<Made>(`/supplies/movements/${id}/retract`, { body: mistaken }),
  count: (body: Schemas['StocktakeIn']) => ask<Schemas['StocktakeDoneOut']>('/supplies/stocktakes', { body }),
  countList: (body: Schemas['StocktakeRowsIn']) =>
    ask<Schemas['StocktakeDoneOut']>('/supplies/stocktakes/import', { body }),
  takeCountBack: (id: string) => ask<Made>(`/supplies/stocktakes/${id}/retract`, { body: mistaken }),
  shortages: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<Shortages>(`/supplies/shortages${query(asked)}`, { signal }),
  lines: (area: string, signal?: AbortSignal) =>
    ask<Schemas['SupplyLinesOut']>(`/supplies/lines${query({ area })}`, { signal }),
  dispatches: (area: string, stage: string | undefined, signal?: AbortSignal) =>
    ask<Schemas['DispatchesOut']>(`/supplies/dispatches${query({ area, stage })}`, { signal }),
  dispatch: (body: Schemas['DispatchIn']) => ask<Made>('/supplies/dispatches', { body }),
  send: (id: string) => ask<Made>(`/supplies/dispatches/${id}/send`, { body: {} }),
  receive: (id: string, body: Schemas['DispatchCameIn']) => ask<Made>(`/supplies/dispatches/${id}/receive`, { body }),
  cancel: (id: string) => ask<Made>(`/supplies/dispatches/${id}/cancel`, { body: {} }),
  stepBack: (id: string) => ask<Made>(`/supplies/dispatches/${id}/retract`, { body: mistaken }),
}
