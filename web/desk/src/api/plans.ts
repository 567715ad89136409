import { ask, query } from './client'
import type { Schemas } from './types'

/** Response levels, command posts, plans and readiness. */

export type Response = Schemas['ResponseOut']
export type Declared = Schemas['ResponseLevelOut']
export type Level = Declared['level']
export type CommandPosts = Schemas['CommandPostsOut']
export type CommandPost = Schemas['CommandPostOut']
export type Plan = Schemas['ResponsePlanOut']
export type PlanCard = Schemas['PlanCardOut']
export type Activation = Schemas['PlanActivationOut']
export type Activated = Schemas['PlanActivatedOut']
export type Register = Schemas['ReadinessOut']
export type Line = Schemas['ReadinessLineOut']

export const plans = {
  response: (area: string, signal?: AbortSignal) => ask<Response>(`/response${query({ area })}`, { signal }),
  declare: (body: Schemas['ResponseDeclareIn']) => ask<Schemas['ResponseDeclaredOut']>('/response', { body }),
  takeBack: (one: Declared) =>
    ask<Schemas['ResponseRetractedOut']>(`/response/${one.fact}/retract`, {
      body: { area: one.area, why: 'mistaken' },
    }),
  commandPosts: (area: string, signal?: AbortSignal) =>
    ask<CommandPosts>(`/command-posts${query({ area })}`, { signal }),
  establishCommandPost: (body: Schemas['CommandPostIn']) =>
    ask<Schemas['CommandPostRecordedOut']>('/command-posts', { body }),
  dissolveCommandPost: (body: Schemas['CommandPostDissolveIn']) =>
    ask<Schemas['CommandPostRecordedOut']>('/command-posts/dissolve', { body }),
  /** Its end, where that is on record; else the command post itself. */
  takeCommandPostBack: ({ area, fact, dissolved }: CommandPost) =>
    ask<Schemas['CommandPostRecordedOut']>('/command-posts/retract', {
      body: { area, taken: dissolved ?? fact, why: 'mistaken' },
    }),
  list: (area: string, signal?: AbortSignal) => ask<Schemas['PlansOut']>(`/plans${query({ area })}`, { signal }),
  template: (format: string) => ask<Schemas['PlanTemplateOut']>(`/plans/template${query({ format })}`),
  issue: (body: Schemas['PlanIn']) => ask<Schemas['PlanIssuedOut']>('/plans', { body }),
  card: (id: string, signal?: AbortSignal) => ask<PlanCard>(`/plans/${id}`, { signal }),
  activate: (id: string) => ask<Activated>(`/plans/${id}/activate`, { body: {} }),
  readiness: (area: string, below: string, signal?: AbortSignal) =>
    ask<Register>(`/readiness${query({ area, below })}`, { signal }),
  say: (body: Schemas['ReadinessSayIn']) => ask<Schemas['ReadinessSaidOut']>('/readiness', { body }),
}
