import { ask, query } from './client'
import type { Schemas } from './types'

/** What the public reads beside the notices, and what it tells back. */

export type Item = Schemas['HealthItemOut']
export type Claim = Schemas['ClaimOut']
export type Verdict = Claim['verdict']
export type Line = Schemas['FeedbackLineOut']
export type Outcome = NonNullable<Line['outcome']>
type Recorded = Schemas['WrittenRecordedOut']

export const library = {
  items: (area: string, signal?: AbortSignal) => ask<Item[]>(`/library${query({ area })}`, { signal }),
  publish: (body: Schemas['HealthItemIn']) => ask<Recorded>('/library', { body }),
  endItem: (subject: string, body: Schemas['HealthItemEndIn']) =>
    ask<Recorded>(`/library/${subject}/withdraw`, { body }),
  takeItemBack: (subject: string, taken: string) =>
    ask<Recorded>(`/library/${subject}/retract`, { body: { taken, why: 'mistaken' } }),
  claims: (area: string, signal?: AbortSignal) => ask<Claim[]>(`/claims${query({ area })}`, { signal }),
  answerClaim: (body: Schemas['ClaimIn']) => ask<Recorded>('/claims', { body }),
  endClaim: (subject: string, body: Schemas['ClaimEndIn']) => ask<Recorded>(`/claims/${subject}/withdraw`, { body }),
  takeClaimBack: (subject: string, taken: string) =>
    ask<Recorded>(`/claims/${subject}/retract`, { body: { taken, why: 'mistaken' } }),
  feedback: (open_only: boolean, signal?: AbortSignal) =>
    ask<Line[]>(`/feedback${query({ open_only: String(open_only) })}`, { signal }),
  one: (subject: string, signal?: AbortSignal) => ask<Schemas['FeedbackCardOut']>(`/feedback/${subject}`, { signal }),
  answer: (subject: string, body: Schemas['FeedbackAnswerIn']) =>
    ask<Recorded>(`/feedback/${subject}/answer`, { body }),
  takeAnswerBack: (subject: string, taken: string) =>
    ask<Recorded>(`/feedback/${subject}/retract`, { body: { taken, why: 'mistaken' } }),
}
