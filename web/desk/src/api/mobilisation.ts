import { ask, query } from './client'
import type { Schemas } from './types'

/** Teams, volunteers, rotas, seconded staff and calls for hands. */

export type Calls = Schemas['CallsOut']
export type Call = Schemas['HandsCallOut']
export type Called = Schemas['CalledOut']
export type Terms = Schemas['HandsTermsOut']
export type Word = Schemas['HandsWordOut']
export type Volunteer = Schemas['VolunteerOut']
export type Volunteers = Schemas['VolunteersOut']
export type Teams = Schemas['TeamsOut']
export type Team = Schemas['TeamOut']
export type Shift = Schemas['ShiftOut']
export type Rota = Schemas['RotaOut']
export type Staff = Schemas['StaffOut']
export type Relief = Schemas['ReliefsOut']
export type Journey = Schemas['ReliefOut']
export type Matches = Schemas['MatchesOut']
type Made = Schemas['HandsMadeOut']

const post = <T = Made>(path: string, body: unknown) => ask<T>(path, { body })
const back = (path: string, taken: string) => post(`${path}/retract`, { taken, why: 'mistaken' })

const MOST_SHIFTS = 2000

/** A page of a list, and where the next one begins: after so many rows; null where there is none. */
export type Paged<P> = P & { next: string | null }
async function paged<P>(skip: number, asked: Promise<P>, given: (page: P) => number, total: (page: P) => number) {
  const page = await asked
  const shown = skip + given(page)
  return { ...page, next: given(page) && shown < total(page) ? String(shown) : null } as Paged<P>
}

export const mobilisation = {
  terms: (signal?: AbortSignal) => ask<Terms>('/hands/terms', { signal }),
  calls: (area: string, closed: boolean, skip = 0, signal?: AbortSignal) =>
    paged(
      skip,
      ask<Calls>(`/calls${query({ area, closed: closed ? 'true' : undefined, skip: String(skip) })}`, { signal }),
      (page) => page.calls.length,
      (page) => (closed ? page.closed : page.open),
    ),
  departments: (area: string, signal?: AbortSignal) =>
    ask<Schemas['DepartmentOut'][]>(`/calls/departments${query({ area })}`, { signal }),
  place: (body: Schemas['HandsCallIn']) => post<Schemas['CallPlacedOut']>('/calls', body),
  answer: (id: string, body: Schemas['CallAnswerIn']) => post(`/calls/${id}/answer`, body),
  decline: (id: string, reason: string) => post(`/calls/${id}/decline`, { reason }),
  close: (id: string, outcome: string) => post(`/calls/${id}/close`, { outcome }),
  takeBackCall: (id: string, taken: string) => back(`/calls/${id}`, taken),
  matches: (id: string, signal?: AbortSignal) => ask<Matches>(`/calls/${id}/matches`, { signal }),
  send: (id: string, body: Schemas['SendIn']) => post(`/calls/${id}/send`, body),
  volunteers: (area: string, purpose: string, skip = 0) =>
    paged(
      skip,
      post<Schemas['VolunteersOut']>('/volunteers/list', { area, purpose, skip }),
      (page) => page.volunteers.length,
      (page) => page.total,
    ),
  accounts: (area: string, signal?: AbortSignal) =>
    ask<Schemas['VolunteerAccountOut'][]>(`/volunteers/accounts${query({ area })}`, { signal }),
  signUp: (body: Schemas['VolunteerIn']) => post('/volunteers', body),
  available: (id: string, body: Schemas['AvailabilityIn']) => post(`/volunteers/${id}/available`, body),
  withdraw: (id: string) => post(`/volunteers/${id}/withdraw`, {}),
  teams: (area: string, skip = 0, signal?: AbortSignal) =>
    paged(
      skip,
      ask<Teams>(`/teams${query({ area, skip: String(skip) })}`, { signal }),
      (page) => page.teams.length,
      (page) => page.total,
    ),
  form: (body: Schemas['TeamIn']) => post('/teams', body),
  count: (body: Schemas['TeamCountIn']) => post('/teams/counts', body),
  actOfTeam: (id: string, body: Schemas['TeamActIn']) => post(`/teams/${id}/act`, body),
  takeBackTeam: (id: string, taken: string) => back(`/teams/${id}`, taken),
  /** All shifts of some days, page after page: a rota is looked at as a whole before it is confirmed. */
  shifts: async (area: string, first: string, days: number, signal?: AbortSignal) => {
    const shifts: Shift[] = []
    for (let total = 1; shifts.length < total; ) {
      const asked = query({ area, first, days: String(days), skip: String(shifts.length), limit: '500' })
      const page = await ask<Schemas['ShiftsOut']>(`/shifts${asked}`, { signal })
      shifts.push(...page.shifts)
      total = page.shifts.length ? Math.min(page.total, MOST_SHIFTS) : 0
    }
    return shifts
  },
  plan: (body: Schemas['HandsShiftIn']) => post<Schemas['ShiftsMadeOut']>('/shifts', body),
  actOfShift: (id: string, body: Schemas['ShiftActIn']) => post(`/shifts/${id}/act`, body),
  takeBackShift: (id: string, taken: string) => back(`/shifts/${id}`, taken),
  propose: (area: string, first: string, days: number) => post<Rota>('/rota/propose', { area, first, days }),
  confirm: (body: Schemas['RotaIn']) => post<Schemas['RotaConfirmedOut']>('/rota/confirm', body),
  staff: (area: string, skip = 0, signal?: AbortSignal) =>
    paged(
      skip,
      ask<Staff>(`/staff${query({ area, skip: String(skip) })}`, { signal }),
      (page) => Math.max(page.secondments.length, page.workloads.length, page.care.length),
      (page) => Math.max(page.lent, page.stated, page.asked),
    ),
  second: (body: Schemas['SecondmentIn']) => post('/secondments', body),
  endSecondment: (id: string, last: string) => post(`/secondments/${id}/end`, { last }),
  takeBackSecondment: (id: string, taken: string) => back(`/secondments/${id}`, taken),
  workload: (body: Schemas['WorkloadIn']) => post('/workload', body),
  askCare: (body: Schemas['StaffCareIn']) => post('/staff-care', body),
  meetCare: (id: string, outcome: string) => post(`/staff-care/${id}/met`, { outcome }),
  relief: (area: string, skip = 0, signal?: AbortSignal) =>
    paged(
      skip,
      ask<Relief>(`/relief${query({ area, skip: String(skip) })}`, { signal }),
      (page) => page.journeys.length,
      (page) => page.total,
    ),
  sendRelief: (body: Schemas['ReliefIn']) => post('/relief', body),
  reliefHealth: (id: string, body: Omit<Schemas['ReliefHealthIn'], 'people'>) => post(`/relief/${id}/health`, body),
  returnRelief: (id: string, body: Schemas['ReliefReturnIn']) => post(`/relief/${id}/return`, body),
  observeRelief: (id: string) => post<Schemas['ReliefObservedOut']>(`/relief/${id}/observe`, {}),
  takeBackRelief: (id: string, taken: string) => back(`/relief/${id}`, taken),
}
