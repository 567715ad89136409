import type { Phone } from './phone'
import { moment } from './clock'
import { keep, kept } from './db'
import { written } from './full'

/** A fact as it is sent. The author is written in by the server from who is signed in. */
export interface Fact {
  id: string
  kind: string
  version: number
  subject: string
  area: string
  observed_at: string
  clock_offset: number | null
  device: string
  device_seq: number
  cause: string[]
  corrects: string | null
  data: Record<string, unknown>
}

/** What lies in the outbox: the fact, a name for its list, and what the server said where it set it aside. */
export interface Item {
  fact: Fact
  /** What a person calls its subject: "3栋 2单元 501". */
  label: string
  reason?: string
}

/**
 * A fact of this phone, stamped and numbered. A number that is not used in the end leaves a gap, which is no harm.
 * Throws Full.
 */
export async function made(
  phone: Phone,
  what: Pick<Fact, 'id' | 'kind' | 'version' | 'subject' | 'area' | 'data'> & { cause?: string[] },
  now = Date.now(),
): Promise<Fact> {
  const { db } = phone
  const device_seq = await written(db, () =>
    db.transaction('rw', db.meta, async () => {
      const next = ((await kept<number>(db, 'device_seq')) ?? 0) + 1
      await keep(db, 'device_seq', next)
      return next
    }),
  )
  return { cause: [], ...what, ...(await moment(db, now)), device: phone.device, device_seq, corrects: null }
}
