import { fetched } from './cases'
import { ask, query } from './client'
import type { Schemas } from './types'

/** Press conferences, and what is told outside the country: made of notices that were issued. */

export type Briefing = Schemas['BriefingOut']
export type BriefingLine = Schemas['BriefingLineOut']
export type Question = Schemas['BriefingQuestionOut']
export type Instrument = Schemas['ExternalInstrumentOut']
export type Event = Schemas['ExternalOut']
export type EventLine = Schemas['ExternalLineOut']
export type Notification = Schemas['ExternalNotificationOut']
export type Assessed = Schemas['ExternalAssessIn']
export type Criterion = Schemas['ExternalJudgedIn']['criterion']
type Recorded = Schemas['WrittenRecordedOut']

export const PAPERS = ['pdf', 'docx', 'html', 'txt', 'xlsx'] as const

export const press = {
  briefings: (area: string, signal?: AbortSignal) => ask<BriefingLine[]>(`/briefings${query({ area })}`, { signal }),
  lines: (notice: string) => ask<Schemas['BriefingLinesOut']>(`/issues/${notice}/briefing-lines`),
  prepare: (body: Schemas['BriefingIn']) => ask<Recorded>('/briefings', { body }),
  briefing: (id: string, signal?: AbortSignal) => ask<Briefing>(`/briefings/${id}`, { signal }),
  ask: (id: string, body: Schemas['BriefingQuestionIn']) => ask<Recorded>(`/briefings/${id}/ask`, { body }),
  answer: (id: string, body: Schemas['BriefingAnswerIn']) => ask<Recorded>(`/briefings/${id}/answer`, { body }),
  hold: (id: string) => ask<Recorded>(`/briefings/${id}/hold`, { body: {} }),
  takeBack: (id: string, taken: string) =>
    ask<Recorded>(`/briefings/${id}/retract`, { body: { taken, why: 'mistaken' } }),
  file: (id: string, format: string, lang: string) => fetched(`/briefings/${id}/file${query({ format, lang })}`),
}

export const external = {
  instrument: (signal?: AbortSignal) => ask<Instrument>('/external-instrument', { signal }),
  events: (area: string, signal?: AbortSignal) => ask<EventLine[]>(`/external${query({ area })}`, { signal }),
  event: (id: string, signal?: AbortSignal) => ask<Event>(`/external/${id}`, { signal }),
  assess: (body: Assessed) => ask<Recorded>('/external', { body }),
  notify: (id: string, body: Schemas['ExternalNotifyIn']) => ask<Recorded>(`/external/${id}/notify`, { body }),
  acknowledge: (id: string, body: Schemas['ExternalAcknowledgeIn']) =>
    ask<Recorded>(`/external/${id}/acknowledge`, { body }),
  takeBack: (id: string, taken: string) =>
    ask<Recorded>(`/external/${id}/retract`, { body: { taken, why: 'mistaken' } }),
  file: (id: string, format: string, lang: string) => fetched(`/external/${id}/file${query({ format, lang })}`),
}
