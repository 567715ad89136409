import { type Form, type Household, labelOf, type Member, type Outcome } from './bundle'
import { draftsWritten } from './drafts'
import { made } from './facts'
import { type Known, type Range, range, typed } from './form'
import { save } from './outbox'
import type { Phone } from './phone'
import { type Disposition, disposal } from './task'

/** The form as this app shows it; a server that knows an older one only must be renewed first. */
export const VISIT: Known & { form: number } = {
  kind: 'visit.made',
  version: 1,
  form: 1,
  fields: [
    'round',
    'outcome',
    'members',
    'outsiders',
    'evidence',
    'minutes',
    'form',
    'follower',
    'escalated_to',
    'vacancy',
  ],
}
const LONGEST_MINUTES = 1440
const MOST_MEMBERS = 200

export type Result = 'well' | 'unwell' | 'not_seen' | 'away'
export type Vacancy = 'neighbour' | 'landlord' | 'property' | 'meter'

export interface Answer {
  result: Result | null
  temp_c: string
  symptoms: string[]
  /** What was arranged for who is unwell, where that was done at the door. */
  disposition?: Disposition | null
}

/** What is entered at a door so far. Kept at each field. */
export interface VisitDraft {
  /** The id that the fact will have: however often it is saved, it is one. */
  id: string
  round: string
  /** Milliseconds by the phone's clock. */
  begun: number
  outcome: Outcome | null
  members: Record<string, Answer>
  outsiders: number | null
  evidence: 'qr' | 'none'
  vacancy: Vacancy | null
  /** Of who was not met: the worker comes again. */
  follows: boolean
  /** Of who refused: the account or post that it was passed on to. */
  escalated: string
}

const ANY: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
const CODE = /^[A-Za-z0-9_.-]{1,64}$/

export const UNANSWERED: Answer = { result: null, temp_c: '', symptoms: [] }

export function newVisit(id: string, round: string, begun: number, evidence: VisitDraft['evidence']): VisitDraft {
  return {
    id,
    round,
    begun,
    outcome: null,
    members: {},
    outsiders: null,
    evidence,
    vacancy: null,
    follows: true,
    escalated: '',
  }
}

/** All three questions at once: nobody has a temperature or symptoms, nobody from outside is there. */
export function allWell(draft: VisitDraft, members: Member[]): VisitDraft {
  const well = Object.fromEntries(members.map(({ person }) => [person, { ...UNANSWERED, result: 'well' as const }]))
  return { ...draft, outcome: 'met', members: well, outsiders: 0 }
}

export type Missing = 'outcome' | 'members' | 'outsiders' | 'temperature' | 'symptoms' | 'vacancy' | 'escalated'

/** What is to be answered still, or answered otherwise; empty where the form can be saved. */
export function missing(draft: VisitDraft, members: Member[], limits: Range): Missing[] {
  const left: Missing[] = []
  if (!draft.outcome) return ['outcome']
  if (draft.outcome === 'vacant' && !draft.vacancy) left.push('vacancy')
  if (draft.outcome === 'refused' && draft.escalated.trim() && !CODE.test(draft.escalated.trim()))
    left.push('escalated')
  if (draft.outcome !== 'met') return left
  const answers = members.map(({ person }) => draft.members[person] ?? UNANSWERED)
  if (answers.some((one) => one.result === null)) left.push('members')
  if (answers.some((one) => typed(one.temp_c, limits) === undefined)) left.push('temperature')
  if (answers.some((one) => one.result === 'unwell' && !one.symptoms.length && typed(one.temp_c, limits) === null))
    left.push('symptoms')
  if (draft.outsiders === null) left.push('outsiders')
  return left
}

/** Between what a temperature at a door must lie, as the server's form has it. */
export function temperatures(form: Form | undefined): Range {
  return range(form, 'members', '[]', 'temp_c')
}

/** The fields of the fact, by a worker of this code. */
export function dataOf(draft: VisitDraft, members: Member[], author: string, now: number): Record<string, unknown> {
  const met = draft.outcome === 'met'
  const minutes = Math.round((now - draft.begun) / 6_000) / 10
  return {
    round: draft.round,
    outcome: draft.outcome,
    members: met ? members.slice(0, MOST_MEMBERS).map(({ person }) => seen(person, draft.members[person])) : [],
    outsiders: met ? draft.outsiders : null,
    evidence: draft.evidence,
    minutes: minutes >= 0 && minutes <= LONGEST_MINUTES ? minutes : null,
    form: VISIT.form,
    follower: draft.outcome === 'not_met' && draft.follows ? author : null,
    escalated_to: draft.outcome === 'refused' ? draft.escalated.trim() || null : null,
    vacancy: draft.outcome === 'vacant' ? draft.vacancy : null,
  }
}

function seen(person: string, answer: Answer = UNANSWERED) {
  const here = answer.result === 'well' || answer.result === 'unwell'
  return {
    person,
    result: answer.result,
    temp_c: here ? (typed(answer.temp_c, ANY) ?? null) : null,
    symptoms: answer.result === 'unwell' ? answer.symptoms : [],
  }
}

/** Whether a visit leaves nothing to come again for in its round, as far as the phone can tell. */
export function ends(data: Record<string, unknown>): boolean {
  const { outcome, members } = data as { outcome: Outcome; members: { result: Result }[] }
  if (outcome === 'met') return members.length > 0 && members.every((one) => one.result !== 'not_seen')
  return outcome === 'refused' || outcome === 'vacant'
}

/** Saves the visit, and what was arranged for who is unwell; its draft is gone with that. Throws Full. */
export async function saveVisit(phone: Phone, of: Household, draft: VisitDraft, now = Date.now()): Promise<void> {
  await draftsWritten()
  const fact = await made(
    phone,
    {
      id: draft.id,
      kind: VISIT.kind,
      version: VISIT.version,
      subject: of.id,
      area: of.area,
      data: dataOf(draft, of.members, phone.who.id, now),
    },
    now,
  )
  const items = [{ fact, label: labelOf(of) }]
  for (const { person } of draft.outcome === 'met' ? of.members : []) {
    const { result, disposition } = draft.members[person] ?? UNANSWERED
    if (result === 'unwell' && disposition)
      items.push({ fact: await made(phone, disposal(of, person, disposition), now), label: labelOf(of) })
  }
  await save(phone, items, { drop: [of.id] })
}
