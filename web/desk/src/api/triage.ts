import { ask, query } from './client'
import type { Schemas } from './types'

/** Triage at fever clinics. Who came is in the vault alone: a visit is a number here. */

export type TriageBoard = Schemas['TriageOut']
export type TriageClinic = Schemas['TriageClinicOut']
export type Visit = Schemas['TriageVisitOut']
export type TriageTerms = Schemas['TriageTermsOut']
export type TriageIn = Schemas['TriageIn']
export type TriageMade = Schemas['TriageMadeOut']
export type CareMade = Schemas['CareMadeOut']
export type Word = Schemas['CareWordOut']

/** Changes with the software alone: asked for once. */
let known: Promise<TriageTerms> | null = null

const visit = (id: string) => `/triage/${encodeURIComponent(id)}`

export const triage = {
  terms: (_signal?: AbortSignal) => {
    known ??= ask<TriageTerms>('/triage/terms').catch((error) => {
      known = null
      throw error
    })
    return known
  },
  board: (asked: { area?: string; clinic?: string }, signal?: AbortSignal) =>
    ask<TriageBoard>(`/triage${query(asked)}`, { signal }),
  arrive: (body: Partial<TriageIn>) => ask<TriageMade>('/triage', { body }),
  act: (id: string, act: 'seen' | 'consult' | 'end', body: Record<string, unknown>) =>
    ask<CareMade>(`${visit(id)}/${act}`, { body }),
  correct: (id: string, body: Partial<Schemas['TriagedIn']>) => ask<CareMade>(`${visit(id)}/correct`, { body }),
  takeBack: (id: string, fact: string) => ask<CareMade>(`${visit(id)}/retract`, { body: { fact, why: 'mistaken' } }),
}

export type Referral = Schemas['ReferralOut']
export type Facility = Schemas['FacilityServiceOut']
export type Experts = Schemas['ExpertsOut']
export type ExpertTeam = Schemas['ExpertTeamOut']
export type Consultation = Schemas['ConsultationOut']
export type Protection = Schemas['ProtectionOut']
export type ProtectionStock = Schemas['ProtectionStockOut']
export type Stored = Schemas['StoredProtectionOut']

const back = (fact: string) => ({ fact, why: 'mistaken' })

export const referrals = {
  list: (open: boolean, signal?: AbortSignal) =>
    ask<Referral[]>(`/referrals${query({ open: open ? 'true' : undefined })}`, { signal }),
  send: (body: Partial<Schemas['ReferralIn']>) => ask<CareMade>('/referrals', { body }),
  act: (id: string, act: 'receive' | 'close', body: Record<string, unknown>) =>
    ask<CareMade>(`/referrals/${encodeURIComponent(id)}/${act}`, { body }),
  takeBack: (id: string, fact: string) =>
    ask<CareMade>(`/referrals/${encodeURIComponent(id)}/retract`, { body: back(fact) }),
  facilities: (signal?: AbortSignal) => ask<Facility[]>('/facilities', { signal }),
  say: (body: Partial<Schemas['FacilityServiceIn']>) => ask<CareMade>('/facilities/service', { body }),
  unsay: (id: string, fact: string) =>
    ask<CareMade>(`/facilities/${encodeURIComponent(id)}/retract`, { body: back(fact) }),
}

export const experts = {
  board: (signal?: AbortSignal) => ask<Experts>('/experts', { signal }),
  form: (body: Partial<Schemas['ExpertTeamIn']>) => ask<CareMade>('/experts', { body }),
  act: (id: string, act: 'assign' | 'dissolve', body: Record<string, unknown>) =>
    ask<CareMade>(`/experts/${encodeURIComponent(id)}/${act}`, { body }),
  takeBack: (id: string, fact: string) =>
    ask<CareMade>(`/experts/${encodeURIComponent(id)}/retract`, { body: back(fact) }),
  ask: (body: Partial<Schemas['ConsultationIn']>) => ask<CareMade>('/consultations', { body }),
  answer: (id: string, body: Record<string, unknown>) =>
    ask<CareMade>(`/consultations/${encodeURIComponent(id)}/answer`, { body }),
  takeBackQuestion: (id: string, fact: string) =>
    ask<CareMade>(`/consultations/${encodeURIComponent(id)}/retract`, { body: back(fact) }),
}

export const protection = {
  board: (signal?: AbortSignal) => ask<Protection>('/protection', { signal }),
  stored: (signal?: AbortSignal) => ask<Stored[]>('/supplies/protection', { signal }),
  state: (body: Partial<Schemas['ProtectionIn']>) => ask<CareMade>('/protection', { body }),
  unstate: (facility: string, item: string, fact: string) =>
    ask<CareMade>('/protection/retract', { body: { facility, item, ...back(fact) } }),
  expose: (body: Partial<Schemas['StaffExposureIn']>) => ask<CareMade>('/exposures', { body }),
  close: (id: string, body: Record<string, unknown>) =>
    ask<CareMade>(`/exposures/${encodeURIComponent(id)}/close`, { body }),
  takeBack: (id: string, fact: string) =>
    ask<CareMade>(`/exposures/${encodeURIComponent(id)}/retract`, { body: back(fact) }),
}
