import { ask, query } from './client'
import { newId } from './people'
import type { Schemas } from './types'

/** The registry of forms with what they cost; what is drawn by lot; what is left undone. */

export type Registry = Schemas['FormRegistryOut']
export type AskedForm = Schemas['AskedFormOut']
export type Burden = Schemas['BurdenOut']
export type RecordDraw = Schemas['RecordDrawOut']
export type DrawnRecord = Schemas['DrawnRecordOut']
export type SiteDraw = Schemas['SiteDrawOut']
export type Undone = Schemas['UndoneOut']
export type FindingBoard = Schemas['FindingBoardOut']
export type FindingRow = Schemas['FindingOut']
export type FindingPage = Schemas['FindingsOut']
export type OpenedFinding = Schemas['OpenedFindingOut']
export type FindingFact = Schemas['FindingFactOut']
export type FindingStep = Schemas['FindingStepOut']
export type FindingLoop = Schemas['FindingLoopOut']
export type Unit = Schemas['UnitOut']
type Recorded = Schemas['FormRecordedOut']
type Made = Schemas['DrawMadeOut']

export const burden = {
  forms: (area: string, signal?: AbortSignal) => ask<Registry>(`/burden/forms${query({ area })}`, { signal }),
  of: (area: string, day: string, signal?: AbortSignal) => ask<Burden>(`/burden${query({ area, day })}`, { signal }),
  register: (body: Schemas['FormRegisterIn']) => ask<Recorded>('/burden/forms', { body }),
  withdraw: (id: string) => ask<Recorded>(`/burden/forms/${id}/withdraw`, { body: {} }),
  suspend: (body: Schemas['FormsSuspendIn']) => ask<Recorded>('/burden/suspend', { body }),
  resume: (area: string) => ask<Recorded>('/burden/resume', { body: { area } }),
}

const did = (id: string, step: string, body: object) =>
  ask<OpenedFinding>(`/oversight/findings/${id}/${step}`, { body })

export const oversight = {
  board: (area: string, signal?: AbortSignal) => ask<FindingBoard>(`/oversight/board${query({ area })}`, { signal }),
  findings: (asked: { area: string; rule: string; stage: string; after?: string }, signal?: AbortSignal) =>
    ask<FindingPage>(`/oversight/findings${query(asked)}`, { signal }),
  finding: (id: string, signal?: AbortSignal) => ask<OpenedFinding>(`/oversight/findings/${id}`, { signal }),
  loop: (area: string, signal?: AbortSignal) => ask<FindingLoop>(`/oversight/loop${query({ area })}`, { signal }),
  close: (id: string, body: Schemas['FindingCloseIn']) => did(id, 'close', body),
  rectify: (id: string, body: Schemas['FindingRectifyIn']) => did(id, 'rectify', body),
  recheck: (id: string, body: Schemas['FindingRecheckIn']) => did(id, 'recheck', body),
  state: (id: string, body: Schemas['FindingStatementIn']) => did(id, 'statement', body),
  retract: (id: string, taken: string) => did(id, 'retract', { id: newId(), taken }),
  completeness: (area: string, signal?: AbortSignal) =>
    ask<Schemas['CompletenessOut']>(`/oversight/completeness${query({ area })}`, { signal }),
}

export const sampling = {
  records: (area: string, signal?: AbortSignal) => ask<RecordDraw[]>(`/sampling/records${query({ area })}`, { signal }),
  sites: (area: string, signal?: AbortSignal) => ask<SiteDraw[]>(`/sampling/sites${query({ area })}`, { signal }),
  drawRecords: (body: Schemas['RecordDrawIn']) => ask<Made>('/sampling/records', { body }),
  drawSites: (body: Schemas['SiteDrawIn']) => ask<Made>('/sampling/sites', { body }),
  recall: (draw: string, body: Schemas['RecallIn']) => ask<Made>(`/sampling/records/${draw}/recall`, { body }),
  undo: (draw: string, taken: string) => ask<Made>(`/sampling/records/${draw}/undo`, { body: { taken } }),
  undone: (area: string, signal?: AbortSignal) => ask<Undone>(`/inspections/undone${query({ area })}`, { signal }),
}
