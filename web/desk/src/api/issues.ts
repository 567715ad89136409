import { fetched } from './cases'
import { ask, query } from './client'
import type { Schemas } from './types'

/** Notices of our own: on their way to the public, and issued. */

export type Line = Schemas['IssueLineOut']
export type Issue = Schemas['IssueOut']
export type Preview = Schemas['IssuePreviewOut']
export type Finding = Schemas['IssueFindingOut']
export type Act = Schemas['IssueActOut']
export type Figure = Schemas['IssueFigureOut']
export type Stage = Line['stage']
export type Issued = Schemas['IssuedOut']
export type Late = Schemas['IssueLateOut']
export const FORMATS = ['pdf', 'docx', 'xlsx', 'html', 'txt', 'json'] as const
type Recorded = Schemas['IssueRecordedOut']

export const issues = {
  list: (area: string, archived: boolean, until: string, signal?: AbortSignal) =>
    ask<Line[]>(`/issues${query({ area, archived: String(archived), until })}`, { signal }),
  cutoffs: (signal?: AbortSignal) => ask<Schemas['IssueCutoffOut'][]>('/issue-cutoffs', { signal }),
  preview: (area: string, day: string, cutoff: string, signal?: AbortSignal) =>
    ask<Preview>(`/areas/${encodeURIComponent(area)}/issue${query({ day, cutoff })}`, { signal }),
  draft: (body: Schemas['IssueDraftIn']) => ask<Recorded>('/issues', { body }),
  card: (id: string, signal?: AbortSignal) => ask<Issue>(`/issues/${id}`, { signal }),
  findings: (id: string, signal?: AbortSignal) => ask<Finding[]>(`/issues/${id}/findings`, { signal }),
  late: (id: string, signal?: AbortSignal) => ask<Late>(`/issues/${id}/late`, { signal }),
  file: (id: string, format: string, lang: string) => fetched(`/issues/${id}/file${query({ format, lang })}`),
  verify: (id: string) => ask<Schemas['IssueVerifiedOut']>(`/issues/${id}/verify`),
  check: (id: string, body: Schemas['IssueCheckIn']) => ask<Recorded>(`/issues/${id}/check`, { body }),
  approve: (id: string) => ask<Recorded>(`/issues/${id}/approve`, { body: {} }),
  issue: (id: string) => ask<Recorded>(`/issues/${id}/issue`, { body: {} }),
  sendBack: (id: string, reason: string) => ask<Recorded>(`/issues/${id}/return`, { body: { reason } }),
  takeBack: (id: string, taken: string) => ask<Recorded>(`/issues/${id}/retract`, { body: { taken, why: 'mistaken' } }),
}
