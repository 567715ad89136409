import { ask, query } from './client'
import type { Schemas } from './types'

/** Grids, households, rounds and daily reports. People are pseudonyms here. */

export type Coverage = Schemas['CoverageOut']
export type Ledger = Schemas['LedgerOut']
export type Part = Schemas['PartOut']
export type Round = Schemas['ScreeningRoundOut']
export type Household = Schemas['HouseholdLineOut']
export type HouseholdPage = Schemas['HouseholdsOut']
export type HouseholdState = NonNullable<Schemas['HouseholdsIn']['state']>
export type HouseholdsImported = Schemas['HouseholdsImportedOut']
export type Daily = Schemas['DailyOut']
export type DailyUnit = Schemas['DailyUnitOut']
export type Reporting = DailyUnit['state']
export type Arrived = Schemas['ArrivedOut']

export const screening = {
  coverage: (asked: { area?: string; round?: string }, signal?: AbortSignal) =>
    ask<Coverage>(`/coverage${query(asked)}`, { signal }),
  households: (wanted: Partial<Schemas['HouseholdsIn']>, signal?: AbortSignal) =>
    ask<HouseholdPage>('/households/list', { signal, body: wanted }),
  rounds: (area: string, signal?: AbortSignal) =>
    ask<Schemas['ScreeningRoundsOut']>(`/rounds${query({ area })}`, { signal }),
  open: (body: Schemas['ScreeningRoundIn']) => ask<{ id: string }>('/rounds', { body }),
  close: (id: string) => ask<Coverage>(`/rounds/${encodeURIComponent(id)}/close`, { body: {} }),
  grids: (asked: { area?: string; unassigned?: string }, signal?: AbortSignal) =>
    ask<Schemas['GridsOut']>(`/grids${query(asked)}`, { signal }),
  assign: (grids: string[], to: string) => ask<unknown>('/grids/assign', { body: { grids, to } }),
  take: (rows: Record<string, unknown>[]) => ask<HouseholdsImported>('/households/import', { body: { rows } }),
  report: (asked: { area?: string; day?: string }, signal?: AbortSignal) =>
    ask<Daily>(`/screening/report${query(asked)}`, { signal }),
  arrived: (area: string, signal?: AbortSignal) => ask<Arrived>(`/screening/arrivals${query({ area })}`, { signal }),
}
