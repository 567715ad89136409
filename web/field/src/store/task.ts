import { newId } from '../../../desk/src/api/people'
import type { Bundle, Household, Task } from './bundle'
import { labelOf } from './bundle'
import { type Fact, made } from './facts'
import type { Known } from './form'
import { save } from './outbox'
import type { Phone } from './phone'

export const ATTEMPTED: Known = { kind: 'task.attempted', version: 1, fields: ['outcome', 'of', 'rule', 'slot'] }
export const DONE: Known = { kind: 'task.done', version: 1, fields: ['of', 'rule', 'slot'] }
export const DISPOSED: Known = { kind: 'visit.disposed', version: 1, fields: ['person', 'disposition', 'to'] }

/** What can be said of a task that another record closes: who was not seen. */
export const ATTEMPTS = ['not_found', 'refused', 'not_attempted'] as const
export type Attempt = (typeof ATTEMPTS)[number]
export const DISPOSITIONS = ['hospital', 'home', 'central', 'other'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** What the list knows of whom or what a task is about: the household, and the person in it. */
export function about(bundle: Bundle, task: Task): { of: Household | null; label: string } {
  const of = bundle.households.find((one) => one.id === task.of) ?? null
  const person = of?.members.find((one) => one.person === task.person)?.name
  const grid = bundle.grids.find((one) => one.id === task.of)?.name
  const post = bundle.gate?.posts.find((one) => one.id === task.of)?.name
  return { of, label: [of && labelOf(of), person, grid, post].filter(Boolean).join(' · ') }
}

/** Says that a task is done, or what came of trying it. Throws Full. */
export async function saveTask(phone: Phone, task: Task, outcome: 'done' | Attempt, label: string): Promise<void> {
  const { kind, version } = outcome === 'done' ? DONE : ATTEMPTED
  const named = { of: task.of, rule: task.rule, slot: task.slot || null }
  const data = outcome === 'done' ? named : { ...named, outcome }
  const fact = await made(phone, { id: newId(), kind, version, subject: task.id, area: task.area, data })
  await save(phone, [{ fact, label }])
}

/** What was arranged for somebody who was found unwell. */
export function disposal(household: Household, person: string, disposition: Disposition) {
  const { kind, version } = DISPOSED
  return { id: newId(), kind, version, subject: household.id, area: household.area, data: { person, disposition } }
}

export async function saveDisposal(phone: Phone, of: Household, person: string, what: Disposition): Promise<void> {
  await save(phone, [{ fact: await made(phone, disposal(of, person, what)), label: labelOf(of) }])
}

/** What facts that are on the phone still say of a task: what was recorded of it here, last. */
export function recorded(task: Task, facts: Fact[]): string | null {
  const own = facts.filter((fact) =>
    fact.kind === DISPOSED.kind
      ? task.rule === 'screening.dispose' && fact.subject === task.of && fact.data.person === task.person
      : (fact.kind === DONE.kind || fact.kind === ATTEMPTED.kind) && fact.subject === task.id,
  )
  const last = own.at(-1)
  if (!last) return null
  return last.kind === DONE.kind ? 'done' : String(last.data.outcome ?? last.data.disposition)
}
