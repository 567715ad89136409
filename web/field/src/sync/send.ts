import { ApiError } from '../../../desk/src/api/client'
import type { Phone } from '../store/phone'
import { type Listed, next, type Settled, settle } from '../store/outbox'
import type { Fact } from '../store/facts'
import type { Receipt } from './server'

const MOST = 200
const FIRST = 50

/** The server has another fact of this id: this one came to it by another phone. */
const HELD = /^id: seq \d+ has this id/
/** The server does not know the kind, or not this version of it. */
const UNKNOWN = /^(kind|version): is not known here/

export interface Drained {
  sent: number
  aside: number
  behind: number
}

/**
 * Sends all that waits, in batches. Whatever breaks off, nothing is lost and nothing doubled: a fact waits until an
 * answer names it, and sent again it changes nothing.
 *
 * A batch that the server cannot take is halved, down to the one fact that it stumbles over: where it refuses that one,
 * the fact waits for another server; where it fails at it, for another day. The others go on.
 * Throws ApiError where the server is not there, lets nobody in, or asks for patience.
 */
export async function drain(
  phone: Phone,
  post: (batch: Fact[]) => Promise<Receipt>,
  progress: (done: number) => void = () => undefined,
): Promise<Drained> {
  const told: Drained = { sent: 0, aside: 0, behind: 0 }
  const passed = new Set<string>()
  let size = FIRST
  for (;;) {
    const batch = await next(phone, size, passed)
    if (!batch.length) return told
    let settled: Settled[]
    try {
      settled = read(batch, await post(batch.map((item) => item.fact)))
      size = Math.min(size * 2, MOST)
    } catch (error) {
      const way = wayOn(error)
      if (!way) throw error
      if (batch.length > 1) {
        size = Math.ceil(batch.length / 2)
        continue
      }
      const [only] = batch as [Listed]
      passed.add(only.fact.id)
      settled = way === 'refused' ? [{ id: only.fact.id, state: 'behind', reason: (error as Error).message }] : []
    }
    // What the answer does not name waits on, but not in this run: an answer that names nothing must not be asked forever.
    for (const { fact } of batch) if (!settled.some((one) => one.id === fact.id)) passed.add(fact.id)
    await settle(phone, settled)
    for (const { state } of settled) if (state in told) told[state as keyof Drained] += 1
    progress(told.sent + told.aside + told.behind)
  }
}

/** Whether to go on with a part of a batch: the server refused this one, or failed at it. */
function wayOn(error: unknown): 'refused' | 'broken' | null {
  if (!(error instanceof ApiError)) return null
  if (error.kind === 'refused' && error.status !== 408 && error.status !== 425) return 'refused'
  return error.kind === 'broken' && error.status === 500 ? 'broken' : null
}

function read(batch: Listed[], receipt: Receipt): Settled[] {
  const id = (index: number) => batch[index]?.fact.id
  const settled: Settled[] = []
  for (const { index } of [...receipt.appended, ...receipt.skipped]) {
    const one = id(index)
    if (one) settled.push({ id: one, state: 'sent' })
  }
  for (const { index, reason } of receipt.set_aside) {
    const one = id(index)
    if (!one) continue
    if (HELD.test(reason)) settled.push({ id: one, state: 'sent' })
    else settled.push({ id: one, state: UNKNOWN.test(reason) ? 'behind' : 'aside', reason })
  }
  return settled
}
