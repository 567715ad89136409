import { type FieldDb, keep, kept } from './db'
import { type Lock, newLock, open, relock, ROUNDS, seal, unlock, WrongPin } from './seal'

/** The role whose phones belong to a post, not to a grid. */
export const AT_POSTS = 'checkpoint_staff'

const LEAST_PIN = 6
/** So many wrong PINs are free; each one after them doubles the wait, up to an hour. */
const FREE_TRIES = 4
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000

/** Whose work lies on this phone. */
export interface Who {
  /** Account or device, as the server has it. */
  id: string
  name: string
  role: string
  area: string
}

interface Tries {
  wrong: number
  /** Milliseconds of the phone's clock. */
  until: number
}

/** Wrong, and for so many seconds no other is tried. */
export class Wait extends Error {
  constructor(readonly seconds: number) {
    super()
  }
}

/** An unlocked phone: its database, the key of data, whose it is. */
export interface Phone {
  db: FieldDb
  key: CryptoKey
  who: Who
  /** The code by which facts name this phone. */
  device: string
}

/** Why a PIN will not do, or null. Digits in a row and repeated ones are what is tried first. */
export function weakness(pin: string): 'short' | 'simple' | null {
  if (pin.length < LEAST_PIN) return 'short'
  const steps = new Set(Array.from(pin.slice(1), (c, at) => c.charCodeAt(0) - pin.charCodeAt(at)))
  const half = pin.length / 2
  const twice = Number.isInteger(half) && pin.slice(0, half) === pin.slice(half)
  return steps.size === 1 || new Set(pin).size < 3 || twice ? 'simple' : null
}

export async function isSetUp(db: FieldDb): Promise<boolean> {
  return (await kept<Lock>(db, 'lock')) !== undefined
}

/** Locks a new phone with a PIN. */
export async function setUp(db: FieldDb, pin: string, who: Who, device: string, rounds = ROUNDS): Promise<Phone> {
  const { lock, key } = await newLock(pin, rounds)
  const sealed = await seal(key, 'who', who)
  await db.transaction('rw', db.meta, db.parts, async () => {
    await keep(db, 'lock', lock)
    await keep(db, 'device', device)
    await db.parts.put({ part: 'who', sealed })
  })
  return { db, key, who, device }
}

/** Throws WrongPin, Wait. */
export async function enter(db: FieldDb, pin: string, now = Date.now()): Promise<Phone> {
  const lock = await kept<Lock>(db, 'lock')
  const device = await kept<string>(db, 'device')
  const sealed = (await db.parts.get('who'))?.sealed
  if (!lock || !device || !sealed) throw new WrongPin()
  const tries = (await kept<Tries>(db, 'tries')) ?? { wrong: 0, until: 0 }
  // A clock that was set far ahead and back must not lock the phone for as long.
  if (now < tries.until && tries.until - now <= LONGEST_WAIT_MS) throw new Wait(Math.ceil((tries.until - now) / 1000))
  try {
    const key = await unlock(lock, pin)
    // Only where there is something to forget: a phone that is full must open all the same.
    if (tries.wrong) await keep(db, 'tries', { wrong: 0, until: 0 }).catch(() => undefined)
    return { db, key, device, who: await open<Who>(key, 'who', sealed) }
  } catch (error) {
    if (!(error instanceof WrongPin)) throw error
    const wrong = tries.wrong + 1
    const wait = wrong > FREE_TRIES ? Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES - 1), LONGEST_WAIT_MS) : 0
    await keep(db, 'tries', { wrong, until: now + wait })
    throw wait ? new Wait(Math.ceil(wait / 1000)) : error
  }
}

/** Throws WrongPin. */
export async function changePin(phone: Phone, pin: string, next: string, rounds = ROUNDS): Promise<void> {
  const lock = (await kept<Lock>(phone.db, 'lock')) as Lock
  await keep(phone.db, 'lock', await relock(lock, pin, next, rounds))
}

/** Makes all that lies here unreadable, first of all by destroying the only copy of its key. */
export async function destroy(db: FieldDb): Promise<void> {
  await db.meta.delete('lock')
  await db.delete()
}
