import { ask, query } from './client'
import type { Schemas } from './types'

/** Checkpoints and quarantine stations, whom they meet, and who is held there. No name, no plate. */

export type Post = Schemas['PostOut']
export type PostPage = Schemas['PostsOut']
export type PostCard = Schemas['PostCardOut']
export type GateTerms = Schemas['GateTermsOut']
export type Met = Schemas['GateMetOut']
export type Vehicle = Schemas['VehicleOut']
export type Hold = Schemas['HoldOut']
export type HoldCard = Schemas['HoldCardOut']
export type PostNotice = Schemas['PostNoticeOut']
export type PostsImported = Schemas['PostsImportedOut']
export type DefenceLine = Schemas['DefenceLineOut']
export type Inspections = Schemas['InspectionsOut']
export type Shift = Schemas['GateShiftOut']
export type Why = Schemas['Why']
type Body = Record<string, unknown>

const post = (id: string) => `/posts/${encodeURIComponent(id)}`
const hold = (id: string) => `/holds/${encodeURIComponent(id)}`

/** Changes with the software alone: asked for once. */
let terms: Promise<GateTerms> | null = null

export const gates = {
  terms: (_signal?: AbortSignal) => {
    terms ??= ask<GateTerms>('/posts/terms').catch((error) => {
      terms = null
      throw error
    })
    return terms
  },
  list: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<PostPage>(`/posts${query(asked)}`, { signal }),
  card: (id: string, day: string, signal?: AbortSignal) => ask<PostCard>(`${post(id)}${query({ day })}`, { signal }),
  open: (body: Body) => ask<{ id: string }>('/posts', { body }),
  take: (rows: Body[]) => ask<PostsImported>('/posts/import', { body: { rows } }),
  act: (id: string, act: string, body: Body) => ask<{ id: string }>(`${post(id)}/${act}`, { body }),
  /** Takes a shift, a count or a treatment of a post back. */
  retract: (id: string, fact: string, why: Why) => ask<unknown>(`${post(id)}/retract`, { body: { fact, why } }),
  /** Takes the record of somebody who was met back. */
  forget: ({ id, fact }: Met, why: Why) =>
    ask<unknown>(`/encounters/${encodeURIComponent(id)}/retract`, { body: { fact, why } }),
  seats: (area: string, signal?: AbortSignal) =>
    ask<Schemas['DepartmentSeatsOut']>(`/posts/departments${query({ area })}`, { signal }),
  /** An account belongs to a department from now on. */
  seat: (body: Schemas['DepartmentSeatIn']) => ask<unknown>('/posts/departments', { body }),
  meet: (id: string, body: Body) => ask<Met>(`${post(id)}/encounters`, { body }),
  stop: (id: string, body: Body) => ask<Met>(`${post(id)}/vehicles`, { body }),
  vehicles: (id: string, signal?: AbortSignal) => ask<Vehicle[]>(`${post(id)}/vehicles`, { signal }),
  pass: (id: string) => ask<{ id: string }>(`/vehicles/${encodeURIComponent(id)}/pass`, { body: {} }),
  /** What the code says that hangs at a post, or at the gates of a community. */
  code: (of: { post?: string; area?: string }) => ask<{ code: string }>(`/posts/code${query(of)}`),
  notices: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<PostNotice[]>(`/posts/notices${query(asked)}`, { signal }),
  send: (body: Body) => ask<{ notices: string[] }>('/posts/notices', { body }),
  receipt: (id: string, step: string) =>
    ask<{ id: string }>(`/posts/notices/${encodeURIComponent(id)}/receipt`, { body: { step } }),
  lines: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<DefenceLine[]>(`/defence${query(asked)}`, { signal }),
  inspections: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<Inspections>(`/inspections${query(asked)}`, { signal }),
  inspect: (body: Body) => ask<{ id: string }>('/inspections', { body }),
  state: (id: string, body: Schemas['InspectionStatementIn']) =>
    ask<Schemas['GateMadeOut']>(`/inspections/${id}/statement`, { body }),
  follow: (id: string, act: 'rectify' | 'recheck', body: Body) =>
    ask<{ id: string }>(`/inspections/${encodeURIComponent(id)}/${act}`, { body }),
}

export const holds = {
  list: (asked: Record<string, string | undefined>, signal?: AbortSignal) =>
    ask<Schemas['HoldsOut']>(`/holds${query(asked)}`, { signal }),
  card: (id: string, signal?: AbortSignal) => ask<HoldCard>(hold(id), { signal }),
  act: (id: string, act: 'take-up' | 'transfer' | 'end', body: Body) => ask<unknown>(`${hold(id)}/${act}`, { body }),
}
