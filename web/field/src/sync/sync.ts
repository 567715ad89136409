import { ApiError } from '../../../desk/src/api/client'
import { type Bundle, bundleOf, keepBundle } from '../store/bundle'
import { keep, kept } from '../store/db'
import { newPeople, settlePeople } from '../store/people'
import type { Phone } from '../store/phone'
import { destroy } from '../store/phone'
import { move, tidy } from '../store/outbox'
import { VISIT } from '../store/visit'
import { withErrands } from './errands'
import { sendPhotos } from './photos'
import { drain } from './send'
import { Another, enterPeople, fetchBundle, meet, post, Revoked, whoOf } from './server'

const ONE_AT_A_TIME = 'lianfang-field-sync'

/**
 * One meeting with the server: names first, then the facts that speak of them, the new list, and photographs, which
 * take longest. Each step may break off; what was done stays done. One tab at a time; null where another one is at it.
 * Throws ApiError, Another, Revoked (then the phone is empty).
 */
export async function synced(phone: Phone, progress: (done: number) => void): Promise<Bundle | null> {
  return await navigator.locks.request(ONE_AT_A_TIME, { ifAvailable: true }, async (lock) =>
    lock ? run(phone, progress) : null,
  )
}

async function run(phone: Phone, progress: (done: number) => void): Promise<Bundle> {
  const { db } = phone
  const session = await met(phone)
  const who = whoOf(session)
  if (!who) throw new ApiError('signed_out')
  if (who.id !== phone.who.id) throw new Another()
  if ((await kept<string>(db, 'server')) !== session.version) await move(phone, 'behind', 'waiting')
  await keep(db, 'server', session.version)
  const names = await newPeople(phone)
  if (names.length) await settlePeople(phone, names, await enterPeople(names))
  await drain(phone, post, progress)
  const held = heldFrom(await bundleOf(phone), session.version)
  const list = () => fetchBundle(who.role, held)
  const bundle = await (session.actions.includes('errands.carry') ? withErrands(who.role, list) : list())
  await keepBundle(phone, bundle)
  await forget(phone, bundle)
  await keep(db, 'synced', Date.now())
  await sendPhotos(phone)
  return bundle
}

/** A server of another version may know other divisions. */
function heldFrom(held: Bundle | null, version: string): Bundle | null {
  return held?.version === version ? held : null
}

async function met(phone: Phone) {
  try {
    return (await meet(phone.db)).session
  } catch (error) {
    if (error instanceof Revoked) await destroy(phone.db)
    throw error
  }
}

/** What was sent is thrown away once the list shows it, or its round is over. */
function forget(phone: Phone, bundle: Bundle): Promise<void> {
  const households = new Map(bundle.households.map((one) => [one.id, one]))
  const rounds = new Set(bundle.rounds.map((one) => one.id))
  return tidy(phone, (fact) => {
    if (fact.kind !== VISIT.kind) return true
    const round = fact.data.round as string
    return !rounds.has(round) || Boolean(households.get(fact.subject)?.seen[round])
  })
}
