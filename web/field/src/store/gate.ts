import { newId } from '../../../desk/src/api/people'
import type { Gate, Post } from './bundle'
import { moment, told } from './clock'
import { type Item, made } from './facts'
import { draftsWritten } from './drafts'
import { type Known, type Range, typed } from './form'
import { save } from './outbox'
import { keepPeople, type NewPerson, newPeople } from './people'
import type { Phone } from './phone'

export const SCREENED: Known = {
  kind: 'gate.screened',
  version: 1,
  fields: ['post', 'vehicle', 'came_from', 'going_to', 'fever', 'symptoms', 'temp_c', 'refused', 'notice', 'took_s'],
}
export const HELD: Known = {
  kind: 'gate.held',
  version: 1,
  fields: ['reason', 'edition', 'basis', 'approver', 'start', 'end'],
}
export const STOPPED: Known = {
  kind: 'gate.vehicle_stopped',
  version: 1,
  fields: ['post', 'vehicle_type', 'occupants', 'came_from', 'going_to'],
}
export const PASSED: Known = { kind: 'gate.vehicle_passed', version: 1, fields: [] }
export const COUNTED: Known = {
  kind: 'post.counted',
  version: 1,
  fields: ['begins', 'ends', 'passed', 'checked', 'reason'],
}
const DATA_CLASS = 'checkpoint'
const LONGEST_S = 86_400
const HOUR_MS = 3_600_000
const PHONE = /^\+?[\d\s()-]{5,20}$/

/** What is entered of somebody who passes so far. Kept at each field. */
export interface Passer {
  /** The ids of the encounter, of its fact, and of a hold: however often it is saved, it is one. */
  encounter: string
  fact: string
  hold: string
  post: string
  vehicle: string | null
  /** Milliseconds by the phone's clock, of the first answer. */
  begun: number | null
  came_from: string | null
  going_to: string | null
  fever: boolean | null
  symptoms: string[]
  temp_c: string
  refused: boolean
  /** Somebody on duty sees that he or she is ill. */
  judged: boolean
  notice: { version: string; language: string } | null
  phone: string
}

/** A vehicle that was stopped and is not let on yet. */
export interface Stop {
  vehicle: string
  post: string
  vehicle_type: string
  occupants: number
  came_from: string | null
  going_to: string | null
  plate: string
  met: { encounter: string; temp_c: number | null; refused: boolean; held: boolean }[]
}

export type HoldReason = 'temperature' | 'answer' | 'judgement'

export const PASSER_DRAFT = 'gate passer'
const STOP_DRAFT = 'gate vehicle '
export const stopDraft = (vehicle: string) => `${STOP_DRAFT}${vehicle}`
export const isStop = (subject: string) => subject.startsWith(STOP_DRAFT)

/** A form for the next one; of somebody in a vehicle, where it comes from and goes to is known. */
export function nextPasser(post: string, stop: Stop | null): Passer {
  return {
    encounter: newId(),
    fact: newId(),
    hold: newId(),
    post,
    vehicle: stop?.vehicle ?? null,
    begun: null,
    came_from: stop?.came_from ?? null,
    going_to: stop?.going_to ?? null,
    fever: null,
    symptoms: [],
    temp_c: '',
    refused: false,
    judged: false,
    notice: null,
    phone: '',
  }
}

export type PasserMissing = 'came_from' | 'going_to' | 'fever' | 'temp_c' | 'range' | 'phone'

/** What is to be answered still; empty where it can be saved. Who refuses is asked no more. */
export function passerMissing(passer: Passer, limits: Range): PasserMissing[] {
  const left: PasserMissing[] = []
  if (passer.phone.trim() && !PHONE.test(passer.phone.normalize('NFKC').trim())) left.push('phone')
  const read = typed(passer.temp_c, limits)
  if (read === undefined) left.push('range')
  if (passer.refused) return left
  if (!passer.came_from) left.push('came_from')
  if (!passer.going_to) left.push('going_to')
  if (passer.fever === null) left.push('fever')
  if (read === null) left.push('temp_c')
  return left
}

/** Why he or she is held: as the policy in force has it, or because who is on duty sees it. */
export function heldFor(passer: Passer, policy: Gate['policy'], limits: Range): HoldReason | null {
  const read = typed(passer.temp_c, limits)
  if (typeof read === 'number' && read >= policy.hold_c) return 'temperature'
  if (passer.fever || passer.symptoms.length) return 'answer'
  return passer.judged ? 'judgement' : null
}

/** How many of a vehicle's occupants were neither measured nor have refused. */
export function unmet({ occupants, met }: Stop): number {
  return Math.max(0, occupants - met.filter((one) => one.temp_c !== null || one.refused).length)
}

interface At {
  phone: Phone
  gate: Gate
  post: Post
  /** Whose record it is, by the code by which the server knows who is signed in. */
  author: string
  limits: Range
}

/**
 * Saves somebody who was met and, where there is a reason, that he or she is held: one act, of which no part is lost and
 * none can be taken back here. Throws Full.
 */
export async function savePasser(
  { phone, gate, post, author, limits }: At,
  passer: Passer,
  stop: Stop | null,
  label: string,
  now = Date.now(),
): Promise<HoldReason | null> {
  await draftsWritten()
  const reason = heldFor(passer, gate.policy, limits)
  const temp_c = typed(passer.temp_c, limits) ?? null
  await contact(phone, passer.encounter, post.area, { phone: passer.phone })
  const screened = await made(
    phone,
    {
      id: passer.fact,
      ...of(SCREENED, passer.encounter, post),
      data: {
        post: post.id,
        vehicle: passer.vehicle,
        came_from: passer.came_from,
        going_to: passer.going_to,
        fever: passer.fever,
        symptoms: passer.symptoms,
        temp_c,
        refused: passer.refused,
        notice: passer.notice,
        took_s: passer.begun === null ? null : between(0, Math.round((now - passer.begun) / 1000), LONGEST_S),
      },
    },
    now,
  )
  const items: Item[] = [{ fact: screened, label }]
  if (reason) {
    const data = heldData(gate.policy, reason, author, told(screened))
    const what = { id: passer.hold, ...of(HELD, passer.encounter, post), data, cause: [screened.id] }
    items.push({ fact: await made(phone, what, now), label })
  }
  const after = stop && {
    ...stop,
    met: [
      ...stop.met.filter((one) => one.encounter !== passer.encounter),
      { encounter: passer.encounter, temp_c, refused: passer.refused, held: reason !== null },
    ],
  }
  const keep = after ? { subject: stopDraft(after.vehicle), value: after } : undefined
  await save(phone, items, { drop: [PASSER_DRAFT], keep })
  return reason
}

function heldData(policy: Gate['policy'], reason: HoldReason, approver: string, start: Date) {
  const end = new Date(start.getTime() + policy.hold_h * HOUR_MS)
  return {
    reason,
    edition: policy.edition,
    basis: policy.basis,
    approver,
    start: start.toISOString(),
    end: end.toISOString(),
  }
}

/** Saves a vehicle that was stopped: its plate and telephone are for the vault, facts have neither. Throws Full. */
export async function saveStop(phone: Phone, post: Post, stop: Stop, telephone: string, label: string): Promise<void> {
  await contact(phone, stop.vehicle, post.area, { phone: telephone, plate: stop.plate })
  const { vehicle_type, occupants, came_from, going_to } = stop
  const data = { post: post.id, vehicle_type, occupants, came_from, going_to }
  const fact = await made(phone, { id: newId(), ...of(STOPPED, stop.vehicle, post), data })
  await save(phone, [{ fact, label }], { keep: { subject: stopDraft(stop.vehicle), value: stop } })
}

/** Lets a vehicle on. Throws where somebody in it was not met; Full. */
export async function letOn(phone: Phone, post: Post, stop: Stop, label: string): Promise<void> {
  if (unmet(stop)) throw new Error('somebody in the vehicle was not met')
  const fact = await made(phone, { id: newId(), ...of(PASSED, stop.vehicle, post), data: {} })
  await save(phone, [{ fact, label }], { drop: [stopDraft(stop.vehicle)] })
}

/** Until when the shift of a post was counted, by this phone or, as far as it knows, by another; null: not yet. */
export function countedUntil(post: Post, items: Item[]): string | null {
  const own = items
    .filter(({ fact }) => fact.kind === COUNTED.kind && fact.subject === post.id)
    .filter(({ fact }) => Date.parse(fact.data.begins as string) >= Date.parse(post.since))
    .map(({ fact }) => fact.data.ends as string)
  const told = post.counted_until ? [...own, post.counted_until] : own
  return told.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null
}

/** Tells how many passed since `begins`, and how many of them were checked. Throws Full. */
export async function saveCount(
  phone: Phone,
  post: Post,
  begins: string,
  numbers: { passed: number; checked: number; reason: string | null },
): Promise<void> {
  const now = told(await moment(phone.db))
  const data = { begins, ends: now.toISOString(), ...numbers }
  await save(phone, [
    { fact: await made(phone, { id: newId(), ...of(COUNTED, post.id, post), data }), label: post.name },
  ])
}

function of({ kind, version }: Known, subject: string, post: Post) {
  return { kind, version, subject, area: post.area }
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/** Puts how one is reached among what waits for the vault, under the encounter's or the vehicle's own id. */
async function contact(phone: Phone, id: string, area: string, { phone: telephone = '', plate = '' }) {
  const phones = telephone.trim() ? [telephone.normalize('NFKC').trim()] : []
  const documents = plate.trim() ? [{ kind: 'other', country: 'CHN', number: plate.trim() }] : []
  if (!phones.length && !documents.length) return
  const one: NewPerson = { id, name: '', area, kind: 'encounter', data_class: DATA_CLASS, phones, documents }
  await keepPeople(phone, [...(await newPeople(phone)).filter((before) => before.id !== id), one])
}
