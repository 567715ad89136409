import { ApiError, api, ask } from '../../../desk/src/api/client'
import { enrolled, signInAs } from '../../../desk/src/api/device'
import type { Session } from '../../../desk/src/api/types'
import type { Bundle, Gate } from '../store/bundle'
import { type Meeting, met } from '../store/clock'
import { type FieldDb, keep } from '../store/db'
import type { Fact } from '../store/facts'
import { INSPECTS, type Inspecting } from '../store/inspection'
import type { NewPerson, Refusal } from '../store/people'
import { AT_POSTS, type Who } from '../store/phone'
import { sent } from './own'

/** An answer that takes longer never comes, as far as the phone is concerned: it asks again. */
const PATIENCE_MS = 30_000
const REVOKED = 410

export interface Receipt {
  appended: { index: number; id: string }[]
  skipped: { index: number; id: string }[]
  set_aside: { index: number; id: string | null; reason: string }[]
}

/** The server says that this phone's key is out of use. */
export class Revoked extends Error {}

/** Somebody else is signed in than whose work lies on the phone. */
export class Another extends Error {}

/** `ask`, with an end to waiting: no answer in time is none. */
export async function asked<T>(path: string, body?: unknown): Promise<T> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    return await ask<T>(path, { signal, body })
  } catch (error) {
    throw signal.aborted && !(error instanceof ApiError) ? new ApiError('unreachable') : error
  }
}

export function post(batch: Fact[]): Promise<Receipt> {
  return sent(batch, (facts) => asked<Receipt>('/facts', facts), asked)
}

/**
 * What this role works with. The divisions that people at a post come from change seldom and are many: they are taken
 * from the list that is `held` already.
 */
export async function fetchBundle(role: string, held: Bundle | null): Promise<Bundle> {
  if (role === INSPECTS) return inspecting()
  if (role !== AT_POSTS) return asked<Bundle>('/field/bundle?purpose=screening')
  const places = held?.gate?.places.length ? held.gate.places : null
  const told = await asked<Bundle & Gate>(`/field/post${places ? '' : '?places=true'}`)
  const { posts, held: those, policy, notices, words, ...rest } = told
  const gate = { posts, held: those, policy, notices, words, places: places ?? told.places }
  return { ...rest, gate, complete: true, grids: [], rounds: [], households: [] }
}

/** The places, the check list, and what is to be looked at again. */
async function inspecting(): Promise<Bundle> {
  const { places, items, parts, again, on_site, by_phone, ...rest } = await asked<Bundle & Inspecting>(
    '/field/inspections',
  )
  const none = { complete: true, grids: [], rounds: [], households: [], tasks: [], rules: {}, symptoms: [] }
  return { ...rest, ...none, inspecting: { places, items, parts, again, on_site, by_phone } }
}

/** Takes names to the vault; those that it did not take, and why. Entered again with the same id they change nothing. */
export async function enterPeople(people: NewPerson[]): Promise<NewPerson[]> {
  const sent = people.map(({ refused: _, ...one }) => ({ data_class: 'screening', ...one }))
  const { errors } = await asked<{ errors: (Refusal & { row: number })[] }>('/people', { people: sent })
  return people.flatMap((one, at) => {
    const refused = errors.filter(({ row }) => row === at + 1).map(({ field, zh, en }) => ({ field, zh, en }))
    return refused.length ? [{ ...one, refused }] : []
  })
}

/** Meets the server: notes the clocks, and signs a phone with a key in where its session is over. Throws Revoked. */
export async function meet(db: FieldDb): Promise<{ session: Session; meeting: Meeting }> {
  const key = await enrolled()
  let told = await look(db)
  if (key && told.session.device !== key.device && told.session.mode === 'service') {
    try {
      await signInAs(key)
    } catch (error) {
      throw error instanceof ApiError && error.status === REVOKED ? new Revoked() : error
    }
    told = await look(db)
  }
  return told
}

async function look(db: FieldDb): Promise<{ session: Session; meeting: Meeting }> {
  const before = Date.now()
  const session = await asked<Session>('/session')
  await keep(db, 'drill', session.drill)
  const meeting = await met(db, session.server_time, before, Date.now(), session.mode === 'demo')
  return { session, meeting }
}

/** Who is signed in and may record; null where nobody is, or no role is chosen. */
export function whoOf(session: Session): Who | null {
  const id = session.device ?? session.account ?? (session.mode === 'demo' ? session.signed_in_as : null)
  if (!id || !session.actions.includes('facts.append')) return null
  return { id, name: session.signed_in_as ?? id, role: session.role, area: session.area }
}

export const signOut = api.signOut
