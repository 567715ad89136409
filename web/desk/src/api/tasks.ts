import { ask, query } from './client'
import type { Schemas } from './types'

export type Task = Schemas['TaskOut']
export type Tasks = Schemas['TasksOut']
export type Tally = Schemas['TaskTallyOut']
export type Summary = Schemas['SummaryOut']
export type Assignee = Schemas['AssigneeOut']
export type Attempt = Schemas['Attempt']
export type Progress = Task['state']

export interface Narrowed {
  area?: string
  day?: string
  mine?: string
  rule?: string
  assignee?: string
  state?: string[]
}

/** Repeats a parameter for each of its values. */
function asked({ state, ...rest }: Narrowed & { after?: string }): string {
  const one = query({ ...rest })
  const many = (state ?? []).map((s) => `state=${encodeURIComponent(s)}`).join('&')
  return many ? `${one || '?'}${one ? '&' : ''}${many}` : one
}

const at = (id: string) => `/tasks/${encodeURIComponent(id)}`

export const tasks = {
  list: (narrowed: Narrowed & { after?: string }, signal?: AbortSignal) =>
    ask<Tasks>(`/tasks${asked(narrowed)}`, { signal }),
  summary: (narrowed: Narrowed, signal?: AbortSignal) => ask<Summary>(`/tasks/summary${asked(narrowed)}`, { signal }),
  assignees: (rule: string, area: string, signal?: AbortSignal) =>
    ask<Assignee[]>(`/tasks/assignees${query({ rule, area })}`, { signal }),
  assign: (chosen: Task[], to: string, series: boolean) =>
    ask<unknown>('/tasks/assign', { body: { tasks: chosen.map((t) => ({ id: t.id, of: t.of })), to, series } }),
  people: (asked: Task[], purpose: string, signal?: AbortSignal) =>
    ask<Schemas['TaskPeopleOut']>('/tasks/people', {
      signal,
      body: { tasks: asked.map((t) => ({ id: t.id, of: t.of })), purpose },
    }),
  /** Gives everything open that somebody has in an area to somebody else. */
  handOver: (body: { giver: string; to: string; area: string }) => ask<unknown>('/tasks/hand-over', { body }),
  acknowledge: (task: Task) => ask<unknown>(`${at(task.id)}/acknowledge`, { body: { of: task.of } }),
  attempt: (task: Task, outcome: Attempt) => ask<unknown>(`${at(task.id)}/attempt`, { body: { of: task.of, outcome } }),
  done: (task: Task) => ask<unknown>(`${at(task.id)}/done`, { body: { of: task.of } }),
}
