import { ask, query } from './client'
import type { Schemas } from './types'

/** Teams, volunteers, rotas, seconded staff and calls for hands. */

export type Calls = Schemas['CallsOut']
export type Call = Schemas['HandsCallOut']
export type Called = Schemas['CalledOut']
export type Terms = Schemas['HandsTermsOut']
export type Word = Schemas['HandsWordOut']
export type Volunteer = Schemas['VolunteerOut']
export type Teams = Schemas['TeamsOut']
export type Team = Schemas['TeamOut']
export type Shift = Schemas['ShiftOut']
export type Rota = Schemas['RotaOut']
export type Staff = Schemas['StaffOut']
export type Matches = Schemas['MatchesOut']
type Made = Schemas['HandsMadeOut']

const post = <T = Made>(path: string, body: unknown) => ask<T>(path, { body })
const back = (path: string, taken: string) => post(`${path}/retract`, { taken, why: 'mistaken' })

export const mobilisation = {
  terms: (signal?: AbortSignal) => ask<Terms>('/hands/terms', { signal }),
  calls: (area: string, signal?: AbortSignal) => ask<Calls>(`/calls${query({ area })}`, { signal }),
  departments: (area: string, signal?: AbortSignal) =>
    ask<Schemas['DepartmentOut'][]>(`/calls/departments${query({ area })}`, { signal }),
  place: (body: Schemas['HandsCallIn']) => post<Schemas['CallPlacedOut']>('/calls', body),
  answer: (id: string, body: Schemas['CallAnswerIn']) => post(`/calls/${id}/answer`, body),
  decline: (id: string, reason: string) => post(`/calls/${id}/decline`, { reason }),
  close: (id: string, outcome: string) => post(`/calls/${id}/close`, { outcome }),
  takeBackCall: (id: string, taken: string) => back(`/calls/${id}`, taken),
  matches: (id: string, signal?: AbortSignal) => ask<Matches>(`/calls/${id}/matches`, { signal }),
  send: (id: string, body: Schemas['SendIn']) => post(`/calls/${id}/send`, body),
  volunteers: (area: string, purpose: string) => post<Schemas['VolunteersOut']>('/volunteers/list', { area, purpose }),
  signUp: (body: Schemas['VolunteerIn']) => post('/volunteers', body),
  available: (id: string, body: Schemas['AvailabilityIn']) => post(`/volunteers/${id}/available`, body),
  withdraw: (id: string) => post(`/volunteers/${id}/withdraw`, {}),
  teams: (area: string, signal?: AbortSignal) => ask<Teams>(`/teams${query({ area })}`, { signal }),
  form: (body: Schemas['TeamIn']) => post('/teams', body),
  count: (body: Schemas['TeamCountIn']) => post('/teams/counts', body),
  actOfTeam: (id: string, body: Schemas['TeamActIn']) => post(`/teams/${id}/act`, body),
  shifts: (area: string, first: string, days: number, signal?: AbortSignal) =>
    ask<Schemas['ShiftsOut']>(`/shifts${query({ area, first, days: String(days) })}`, { signal }),
  plan: (body: Schemas['HandsShiftIn']) => post<Schemas['ShiftsMadeOut']>('/shifts', body),
  actOfShift: (id: string, body: Schemas['ShiftActIn']) => post(`/shifts/${id}/act`, body),
  propose: (area: string, first: string, days: number) => post<Rota>('/rota/propose', { area, first, days }),
  confirm: (body: Schemas['RotaIn']) => post<Schemas['RotaConfirmedOut']>('/rota/confirm', body),
  staff: (area: string, signal?: AbortSignal) => ask<Staff>(`/staff${query({ area })}`, { signal }),
  second: (body: Schemas['SecondmentIn']) => post('/secondments', body),
  endSecondment: (id: string, last: string) => post(`/secondments/${id}/end`, { last }),
  workload: (body: Schemas['WorkloadIn']) => post('/workload', body),
  askCare: (body: Schemas['StaffCareIn']) => post('/staff-care', body),
  meetCare: (id: string, outcome: string) => post(`/staff-care/${id}/met`, { outcome }),
}
