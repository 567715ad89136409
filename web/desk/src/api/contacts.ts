import { ask, query } from './client'
import type { Schemas } from './types'

export type Contact = Schemas['ContactOut']
export type ContactPage = Schemas['ContactPageOut']
export type Board = Schemas['BoardOut']
export type BoardLine = Schemas['ContactLineOut']
export type Half = Schemas['HalfOut']
export type ContactCard = Schemas['ContactCardOut']
export type ContactCounts = Schemas['ContactCountsOut']
export type Proposed = Schemas['ProposedPageOut']
export type Exposure = Schemas['Exposure']
export type Graph = Schemas['GraphOut']
export type GraphNode = Schemas['NodeOut']
export type Cluster = Schemas['ClusterOut']
export type Alert = Schemas['AlertOut']
export type Wanted = Partial<Schemas['ContactListIn']>

const at = (id: string) => `/contacts/${encodeURIComponent(id)}`

export const contacts = {
  list: (wanted: Wanted, signal?: AbortSignal) => ask<ContactPage>('/contacts/list', { signal, body: wanted }),
  board: (area: string, day: string, after: string | null, signal?: AbortSignal) =>
    ask<Board>(`/contacts/board${query({ area, day, after })}`, { signal }),
  counts: (area: string, signal?: AbortSignal) => ask<ContactCounts>(`/contacts/counts${query({ area })}`, { signal }),
  proposals: (area: string, signal?: AbortSignal) => ask<Proposed>(`/contacts/proposals${query({ area })}`, { signal }),
  card: (id: string, times: { as_of?: string; known_at?: string }, signal?: AbortSignal) =>
    ask<ContactCard>(`${at(id)}${query(times)}`, { signal }),
  register: (exposed: Schemas['ExposureIn']) => ask<Schemas['RegisteredOut']>('/contacts', { body: exposed }),
  check: (checks: Schemas['CheckIn'][]) => ask<Schemas['TakenOut']>('/contacts/checks', { body: { checks } }),
  release: (ids: string[], reason: 'completed' | 'source_excluded' | 'not_close') =>
    ask<Schemas['ReleasedOut']>('/contacts/release', { body: { contacts: ids, reason } }),
  act: (id: string, act: string, body: Record<string, unknown>) => ask<unknown>(`${at(id)}/${act}`, { body }),
}

export const transmission = {
  graph: (area: string, signal?: AbortSignal) => ask<Graph>(`/transmission/graph${query({ area })}`, { signal }),
  alerts: (area: string, signal?: AbortSignal) =>
    ask<{ alerts: Alert[] }>(`/transmission/alerts${query({ area })}`, { signal }).then((found) => found.alerts),
  clusters: (area: string, signal?: AbortSignal) =>
    ask<{ clusters: Cluster[] }>(`/clusters${query({ area })}`, { signal }).then((found) => found.clusters),
  link: (infector: string, infectee: string, certainty: 'certain' | 'probable' | 'possible') =>
    ask<Schemas['LinksOut']>('/transmission/links', { body: { links: [{ infector, infectee, certainty }] } }),
  unlink: (infector: string, infectee: string, basis: string) =>
    ask<unknown>('/transmission/unlink', { body: { infector, infectee, basis } }),
}
