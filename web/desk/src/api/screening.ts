import { ask, query } from './client'
import { record, uuid5 } from './facts'
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
export type HouseholdCard = Schemas['HouseholdCardOut']
export type Resident = Schemas['HouseholdResidentOut']
export type Counted = Schemas['DailyCountedOut']
export type ScreeningGrid = Schemas['GridOut']
export type GridCard = Schemas['GridCardOut']
export type Duty = Schemas['Duty']
export type Site = Schemas['Site']
export type SiteName = Schemas['SiteOut']
export type Vacancy = (typeof VACANCIES)[number]

export const DISPOSITIONS = ['hospital', 'home', 'central', 'other'] as const
export type Disposition = (typeof DISPOSITIONS)[number]
export const DUTIES = ['grid_worker', 'community_worker', 'building_lead', 'unit_lead'] as const
/** How it was verified that nobody lives there. */
export const VACANCIES = ['neighbour', 'landlord', 'property', 'meter'] as const
/** The version of the form of a visit that the desk fills in. */
const FORM = 1

/** The name space of the ids of what screening is about, as the server has it. */
const NAMES = '6f0b7a52-0a0e-5d0a-9d55-6a3f1c5a2e10'

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
  grid: (id: string, signal?: AbortSignal) => ask<GridCard>(`/grids/${encodeURIComponent(id)}`, { signal }),
  draw: (body: Schemas['GridIn']) => ask<{ id: string }>('/grids', { body }),
  assign: (body: Schemas['GridsAssignIn']) => ask<unknown>('/grids/assign', { body }),
  /** Gives on what somebody has, with everything that is open in it: these grids, or all where none is named. */
  handOver: (body: Schemas['GridsHandOverIn']) => ask<{ changed: string[] }>('/grids/hand-over', { body }),
  take: (rows: Record<string, unknown>[]) => ask<HouseholdsImported>('/households/import', { body: { rows } }),
  report: (asked: { area?: string; day?: string }, signal?: AbortSignal) =>
    ask<Daily>(`/screening/report${query(asked)}`, { signal }),
  household: (id: string, purpose: string, signal?: AbortSignal) =>
    ask<HouseholdCard>(`/households/${encodeURIComponent(id)}${query({ purpose })}`, { signal }),
  /** Puts a household on the register, or corrects the registration of the one that is named. */
  register: (body: Schemas['HouseholdIn']) => ask<{ id: string }>('/households', { body }),
  /** Somebody does not live there any longer. */
  leave: ({ id, area }: HouseholdCard, person: string) =>
    record({ kind: 'household.member_left', subject: id, area, data: { person } }),
  /** Nobody lives there, which somebody has verified: an outcome of the round, without anything that shows a visit. */
  vacant: ({ id, area }: HouseholdCard, round: string, vacancy: Vacancy, fact: string) =>
    record({
      kind: 'visit.made',
      subject: id,
      area,
      id: fact,
      data: { round, outcome: 'vacant', members: [], evidence: 'none', form: FORM, vacancy },
    }),
  send: (body: Schemas['DailyReportIn']) => ask<Counted>('/screening/report', { body }),
  /** What was arranged for somebody of a household who was found unwell. */
  dispose: (household: string, area: string, person: string, disposition: Disposition) =>
    record({ kind: 'visit.disposed', subject: household, area, data: { person, disposition } }),
  attach: ({ id, area }: ScreeningGrid, team: string, workers: number) =>
    record({ kind: 'grid.team_attached', subject: id, area, data: { team, workers } }),
  detach: ({ id, area }: ScreeningGrid, team: string) =>
    record({ kind: 'grid.team_detached', subject: id, area, data: { team } }),
  /** How many households another source counts in a division. */
  refer: async (area: string, households: number, source: string) =>
    record({
      kind: 'screening.reference_stated',
      subject: await uuid5(NAMES, `reference|${area}`),
      area,
      data: { households, source },
    }),
  arrived: (area: string, signal?: AbortSignal) => ask<Arrived>(`/screening/arrivals${query({ area })}`, { signal }),
}
