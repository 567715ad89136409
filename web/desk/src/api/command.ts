import { ask, query } from './client'
import type { Schemas } from './types'

/** Measures, gatherings, venues, notices to places and units, joint tickets, and what steers the response. */

export type Measures = Schemas['MeasuresOut']
export type Measure = Schemas['ControlMeasureOut']
export type MeasureUnit = Schemas['UnitProgressOut']
export type Matrix = Schemas['MatrixOut']
export type Gathering = Schemas['GatheringOut']
export type Venue = Schemas['VenueOut']
export type Instruction = Schemas['InstructionOut']
export type Receipt = Schemas['InstructionReceiptOut']
export type Delivery = Schemas['NoticeDeliveryOut']
export type Spoken = Schemas['NoticeLanguageOut']
export type Ticket = Schemas['JointTicketOut']

const post = <T = Schemas['CommandMadeOut']>(path: string, body: unknown) => ask<T>(path, { body })

export const command = {
  measures: (area: string, signal?: AbortSignal) => ask<Measures>(`/measures${query({ area })}`, { signal }),
  matrix: (area: string, signal?: AbortSignal) => ask<Matrix>(`/measures/matrix${query({ area })}`, { signal }),
  issue: (body: Schemas['MeasuresIn']) => post<Schemas['MeasuresMadeOut']>('/measures', body),
  actOnMeasure: (id: string, body: Partial<Schemas['MeasureActIn']>) => post(`/measures/${id}/act`, body),
  takeBack: (id: string, taken: string) => post(`/command/${id}/retract`, { taken, why: 'mistaken' }),
  gatherings: (area: string, signal?: AbortSignal) =>
    ask<Schemas['GatheringsOut']>(`/gatherings${query({ area })}`, { signal }),
  declare: (body: Partial<Schemas['GatheringIn']>) => post('/gatherings', body),
  actOnGathering: (id: string, act: Schemas['GatheringActIn']['act']) => post(`/gatherings/${id}/act`, { act }),
  venues: (area: string, signal?: AbortSignal) => ask<Schemas['VenuesOut']>(`/venues${query({ area })}`, { signal }),
  register: (body: Partial<Schemas['VenueIn']>) => post('/venues', body),
  stateVenue: (id: string, body: Partial<Schemas['VenueActIn']>) => post(`/venues/${id}/act`, body),
  notices: (area: string, signal?: AbortSignal) =>
    ask<Schemas['InstructionsOut']>(`/instructions${query({ area })}`, { signal }),
  templates: (signal?: AbortSignal) => ask<Schemas['NoticeTemplatesOut']>('/instructions/templates', { signal }),
  send: (body: Schemas['InstructionIn']) => post<Schemas['InstructionMadeOut']>('/instructions', body),
  answer: (id: string, body: Schemas['InstructionAnswerIn']) => post(`/instructions/${id}/answer`, body),
  tickets: (area: string, signal?: AbortSignal) => ask<Schemas['TicketsOut']>(`/tickets${query({ area })}`, { signal }),
  openTicket: (body: Partial<Schemas['TicketIn']>) => post('/tickets', body),
  confirmTicket: (id: string, note: string) => post<Schemas['TicketConfirmedOut']>(`/tickets/${id}/confirm`, { note }),
}
