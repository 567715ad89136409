import { asShown, ask, query, reach, refusal, ROOT } from './client'
import type { Schemas } from './types'

/** Cases. People are pseudonyms; their names come only for a purpose that is sent in a body. */

export type CaseRow = Schemas['CaseOut']
export type CasePage = Schemas['CasePageOut']
export type CaseCard = Schemas['CaseCardOut']
export type Sample = Schemas['SampleRowOut']
export type CaseFact = CaseCard['timeline'][number]
export type CaseCounts = Schemas['CaseCountsOut']
export type Review = Schemas['ReviewOut']
export type About = Schemas['About']
export type CaseClass = CaseCard['to']
export interface Column {
  kind: 'text' | 'area' | 'day' | 'time' | 'number' | 'yes_no' | 'id'
  zh: string
  en: string
  sorts: boolean
  terms: Record<string, { zh: string; en: string }>
}
export type Columns = Record<string, Column>
export interface Condition {
  any_of?: string[]
  least?: string
  most?: string
  known?: boolean
}
/** Which cases, in which order, with which columns. */
export interface Asked {
  area?: string
  text?: string
  where?: Record<string, Condition>
  twice?: boolean
  waiting?: boolean
  sort?: string
  descending?: boolean
  columns?: string[]
}
export interface View {
  id: string
  room: string
  name: string
  shown: Record<string, string>
}
export interface Term {
  code: string
  zh: string
  en: string
}
/** A disease's rules as far as the screens need them. */
export interface Edition extends Term {
  authority: string
  begins: string
  ends: string | null
  area: string
  classes: string[]
  history: Term[]
  clinical: Term[]
  clocks: { report_h: number | null } | null
}
export interface Disease extends Term {
  severities: Term[]
  symptoms: Term[]
  editions: Edition[]
}
export interface Diseases {
  diseases: Disease[]
  terms: Record<string, Term[]>
}

const one = (id: string) => `/cases/${encodeURIComponent(id)}`

export const cases = {
  columns: (signal?: AbortSignal) => ask<Columns>('/cases/columns', { signal }),
  diseases: (signal?: AbortSignal) => ask<Diseases>('/diseases', { signal }),
  list: (asked: Asked & { after?: string; limit?: number; names?: boolean; purpose?: string }, signal?: AbortSignal) =>
    ask<CasePage>('/cases/list', { signal, body: asked }),
  card: (id: string, asOf: string | null, knownAt: string | null, signal?: AbortSignal) =>
    ask<CaseCard>(`${one(id)}${query({ as_of: asOf, known_at: knownAt })}`, { signal }),
  counts: (asked: Record<string, string | null>, signal?: AbortSignal) =>
    ask<CaseCounts>(`/cases/counts${query(asked)}`, { signal }),
  report: (body: unknown) => ask<Schemas['CaseMadeOut']>('/cases', { body }),
  record: (id: string, act: string, body: unknown) => ask<{ fact: string }>(`${one(id)}/${act}`, { body }),
  samples: (asked: { number?: string; laboratory?: string; waiting?: string }, signal?: AbortSignal) =>
    ask<Sample[]>(`/samples${query(asked)}`, { signal }),
  review: (body: { disease: string; edition: string; area: string; confirmed?: string; decide?: boolean }) =>
    ask<Review>('/cases/review', { body }),
  views: (signal?: AbortSignal) => ask<View[]>('/views?room=cases', { signal }),
  keepView: (name: string, shown: Record<string, string>) =>
    ask<View>('/views', { body: { room: 'cases', name, shown } }),
  dropView: (id: string) => ask<unknown>(`/views/${id}`, { method: 'DELETE' }),
  exported: (asked: Asked) => fetched('/cases/export', asked),
}

/** The contacts of a case (`source`), or the contact that it was before (`case`). */
export const contactsOf = (which: { source: string } | { case: string }, signal?: AbortSignal) =>
  ask<Schemas['ContactPageOut']>('/contacts/list', { signal, body: { ...which, limit: 50 } })

/** A case among those that are tied to it: its generation, and the links to and from it. */
export function linksOf({ area, disease, reported_at }: CaseCard, signal?: AbortSignal) {
  const to = new Date(Date.parse(reported_at) + 1).toISOString()
  return ask<Schemas['GraphOut']>(`/transmission/graph${query({ area, disease, from: reported_at, to })}`, { signal })
}

/** A file: the answer is the file itself. Without a body it is only fetched. */
export async function fetched(path: string, body?: unknown): Promise<Blob> {
  const headers = asShown()
  const init: RequestInit = { headers }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    Object.assign(init, { method: 'POST', body: JSON.stringify(body) })
  }
  const response = await reach(ROOT + path, init)
  if (!response.ok) throw await refusal(response)
  return response.blob()
}
