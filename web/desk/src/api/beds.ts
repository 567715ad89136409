import { ask, query } from './client'
import { newId } from './once'
import type { Schemas } from './types'

/** Hospitals, beds, who lies in them, who waits, and who is moved. */

export type Hospital = Schemas['BedHospitalOut']
export type HospitalCard = Schemas['HospitalCardOut']
export type Places = Schemas['PlacesOut']
export type BedType = Places['type']
export type Stay = Schemas['BedStayOut']
export type Clash = Schemas['BedClashOut']
export type Census = Schemas['CensusOut']
export type Transfer = Schemas['TransferOut']
export type Waits = Schemas['WaitsOut']
export type WaitingList = Schemas['WaitingOut']
export type Proposal = Schemas['AssignmentOut']
export type Step = 'approve' | 'decline' | 'depart' | 'receive' | 'cancel'

export const TYPES: BedType[] = ['isolation', 'icu', 'ventilator', 'general']

export const beds = {
  hospitals: (area: string, signal?: AbortSignal, closed = false) =>
    ask<Schemas['HospitalsOut']>(`/hospitals${query({ area, closed: closed ? 'true' : '' })}`, { signal }),
  register: (body: Schemas['HospitalIn']) => ask<Schemas['CareMadeOut']>('/hospitals', { body }),
  hospital: (id: string, signal?: AbortSignal) => ask<HospitalCard>(`/hospitals/${id}`, { signal }),
  close: (id: string, fact: string) => ask<Schemas['CareMadeOut']>(`/hospitals/${id}/close`, { body: { fact } }),
  ward: (id: string, body: Schemas['HospitalWardIn']) =>
    ask<Schemas['CareMadeOut']>(`/hospitals/${id}/wards`, { body }),
  takeBackHospital: (id: string, fact: string) =>
    ask<Schemas['CareMadeOut']>(`/hospitals/${id}/retract`, { body: { fact, why: 'mistaken', id: newId() } }),
  open: (id: string, body: Schemas['BedsIn']) => ask<Schemas['BedsOut']>(`/hospitals/${id}/beds`, { body }),
  census: (area: string, signal?: AbortSignal) =>
    ask<Schemas['CensusesOut']>(`/hospitals/census${query({ area, days: '4' })}`, { signal }),
  stays: (id: string, signal?: AbortSignal) => ask<Schemas['BedStaysOut']>(`/hospitals/${id}/stays`, { signal }),
  clashes: (area: string, signal?: AbortSignal) =>
    ask<Schemas['BedClashesOut']>(`/beds/clashes${query({ area })}`, { signal }),
  claim: (body: Schemas['BedClaimIn']) => ask<Schemas['BedClaimOut']>('/beds/claim', { body }),
  release: (bed: string, body: Schemas['BedReleaseIn']) =>
    ask<Schemas['CareMadeOut']>(`/beds/${bed}/release`, { body }),
  takeBack: (bed: string, fact: string) =>
    ask<Schemas['CareMadeOut']>(`/beds/${bed}/retract`, { body: { fact, why: 'mistaken', id: newId() } }),
  waiting: (area: string, signal?: AbortSignal) => ask<WaitingList>(`/waiting${query({ area })}`, { signal }),
  propose: (area: string) => ask<Proposal>('/waiting/assign', { body: { area } }),
  confirm: (body: Schemas['AssignmentConfirmIn']) =>
    ask<Schemas['AssignmentConfirmedOut']>('/waiting/confirm', { body }),
  transfers: (area: string, over: boolean, signal?: AbortSignal) =>
    ask<Schemas['TransfersOut']>(`/transfers${query({ area, over: over ? 'true' : '' })}`, { signal }),
  request: (body: Schemas['TransferRequestIn']) => ask<Schemas['CareMadeOut']>('/transfers', { body }),
  step: (id: string, step: Step, body: object) => ask<Schemas['CareMadeOut']>(`/transfers/${id}/${step}`, { body }),
}
