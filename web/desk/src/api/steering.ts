import { ask, query } from './client'
import type { Schemas } from './types'

/** The board of a commander, and what steers the response: strategies, headquarters, first cases, reports that go up. */

export type Board = Schemas['CommandBoardOut']
export type Below = Schemas['BoardBelowOut']
export type Waiting = Schemas['BoardOpenOut']
export type Product = Schemas['WarningProductOut']
export type Strategy = Schemas['StrategyOut']
export type StrategyLine = NonNullable<Strategy['lines']>[number]
export type Override = Schemas['StrategyOverrideOut']
export type Headquarters = Schemas['HeadquartersLineOut']
export type Tree = Schemas['HeadquartersShape']
export type Run = Schemas['PlaybookRunOut']
export type EventReport = Schemas['EventReportOut']
export type Instance = Schemas['EventArrivedIn']['to']

const post = (path: string, body: unknown) => ask<Schemas['CommandMadeOut']>(path, { body })

export const steering = {
  board: (area: string, signal?: AbortSignal) => ask<Board>(`/command/board${query({ area })}`, { signal }),
  strategy: (area: string, signal?: AbortSignal) => ask<Strategy>(`/strategy${query({ area })}`, { signal }),
  override: (body: Schemas['StrategyIn']) => post('/strategy', body),
  headquarters: (area: string, signal?: AbortSignal) =>
    ask<Schemas['HeadquartersOut']>(`/headquarters${query({ area })}`, { signal }),
  organise: (body: { area: string; headquarters: unknown; fact: string }) => post('/headquarters', body),
  playbooks: (area: string, signal?: AbortSignal) =>
    ask<Schemas['PlaybooksOut']>(`/playbooks${query({ area })}`, { signal }),
  begin: (area: string, playbook: string) => post('/playbooks', { area, playbook }),
  events: (area: string, signal?: AbortSignal) =>
    ask<Schemas['EventReportsOut']>(`/event-reports${query({ area })}`, { signal }),
  found: (body: Schemas['EventIn']) => post('/event-reports', body),
  arrived: (id: string, to: Instance, fact: string) => post(`/event-reports/${id}/act`, { to, fact }),
}
