import { ask, query } from './client'
import type { Schemas } from './types'

export type Look = Schemas['LookOut']
export type LooksPage = Schemas['LooksOut']
export type Broken = Schemas['BrokenOut']
export type BrokenPage = Schemas['RecentOut']
export type ActsPage = Schemas['ActsOut']
export type Act = ActsPage['acts'][number]
export type Outcome = Schemas['Outcome']
export type Retention = Schemas['RetentionOut']

const before = (seq: number | null) => query({ before: seq === null ? null : String(seq) })

export const looks = {
  of: (person: string, from: number | null, signal?: AbortSignal) =>
    ask<LooksPage>(`/people/${person}/looks${before(from)}`, { signal }),
  recent: (from: number | null, signal?: AbortSignal) => ask<LooksPage>(`/looks${before(from)}`, { signal }),
  broken: (from: number | null, signal?: AbortSignal) =>
    ask<BrokenPage>(`/looks${query({ only: 'break_glass', before: from === null ? null : String(from) })}`, { signal }),
  reason: (fact: string, purpose: string) =>
    ask<Schemas['GivenReasonsOut']>(`/looks/${fact}/reason`, { body: { purpose } }),
  review: (fact: string, outcome: Outcome) => ask<unknown>(`/looks/${fact}/review`, { body: { outcome } }),
  retention: (signal?: AbortSignal) => ask<Retention>('/retention', { signal }),
}

/** What administrators did with accounts and devices. */
export const acts = (from: number | null, signal?: AbortSignal) =>
  ask<ActsPage>(`/accounts/acts${before(from)}`, { signal })
