import { type FieldDb, keep, kept } from './db'

/** What the phone's clock was off by when it last met the server (fast is positive), and when that was by its clock. */
export interface Meeting {
  offset_s: number
  at: number
  /** The demonstration lives in a time of its own: there the server's clock is taken for the phone's. */
  demo?: boolean
}

/** How far a clock may go back between two looks without having been set: a correction by the network. */
const JITTER_MS = 60_000

/** Notes a meeting: what the server's clock said between two looks at the phone's. */
export async function met(db: FieldDb, serverTime: string, before: number, after: number, demo: boolean) {
  const offset_s = Math.round(((before + after) / 2 - Date.parse(serverTime)) / 10) / 100
  const meeting: Meeting = { offset_s, at: after, demo }
  await keep(db, 'meeting', meeting)
  await keep(db, 'seen', after)
  return meeting
}

/** A moment for a fact: the phone's clock as it is, and what it is off by; null where it was set back since. */
export async function moment(
  db: FieldDb,
  now = Date.now(),
): Promise<{ observed_at: string; clock_offset: number | null }> {
  const meeting = await kept<Meeting>(db, 'meeting')
  const seen = (await kept<number>(db, 'seen')) ?? 0
  const setBack = now < seen - JITTER_MS
  if (!setBack) await keep(db, 'seen', now).catch(() => undefined) // a phone that is full has none
  const offset = meeting && !setBack ? meeting.offset_s : null
  if (meeting?.demo && offset !== null)
    return { observed_at: new Date(now - offset * 1000).toISOString(), clock_offset: 0 }
  return { observed_at: new Date(now).toISOString(), clock_offset: offset }
}

/** A time of the phone's clock as the server would have told it; as it is where that is not known. */
export function told({ observed_at, clock_offset }: { observed_at: string; clock_offset: number | null }): Date {
  return new Date(Date.parse(observed_at) - (clock_offset ?? 0) * 1000)
}

/** What is to be told of the clock: it was set back since the last meeting, or was off by more than `bound_s`. */
export async function trouble(
  db: FieldDb,
  bound_s: number,
  now = Date.now(),
): Promise<{ kind: 'set_back' } | { kind: 'off'; offset_s: number } | null> {
  const meeting = await kept<Meeting>(db, 'meeting')
  const seen = (await kept<number>(db, 'seen')) ?? 0
  if (now < seen - JITTER_MS) return { kind: 'set_back' }
  if (!meeting || meeting.demo || Math.abs(meeting.offset_s) <= bound_s) return null
  return { kind: 'off', offset_s: meeting.offset_s }
}
