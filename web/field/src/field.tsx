import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { ApiError } from '../../desk/src/api/client'
import { type Bundle, bundleOf, type Outcome } from './store/bundle'
import { trouble } from './store/clock'
import { kept, type State } from './store/db'
import { allDrafts } from './store/drafts'
import { nearlyFull } from './store/full'
import { type Counts, counts, listed } from './store/outbox'
import { type NewPerson, newPeople } from './store/people'
import type { Phone } from './store/phone'
import { photos } from './store/photo'
import { ends, VISIT } from './store/visit'
import { Revoked } from './sync/server'
import { synced } from './sync/sync'

const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 15 * 60_000
const CLOCK_LOOK_MS = 60_000

/** What this phone has recorded of a household in a round. */
export interface Mark {
  outcome: Outcome
  state: State
  ended: boolean
}

export type Trouble = Awaited<ReturnType<typeof trouble>>

interface Syncing {
  busy: boolean
  done: number
  error: unknown
  last: number | null
}

interface Field {
  phone: Phone
  bundle: Bundle | null
  /** By household and round, `subject|round`. */
  marks: Map<string, Mark>
  drafts: Set<string>
  counts: Counts
  sync: Syncing
  clock: Trouble
  nearlyFull: boolean
  /** Photographs that are not on the server yet. */
  photos: number
  /** Of whom the vault could not take something: a person must decide. */
  unkept: NewPerson[]
  /** What was just saved, to be told on the next screen. */
  said: string
  say: (text: string) => void
  /** Reads anew what lies on the phone. */
  refresh: () => Promise<void>
  syncNow: () => Promise<void>
  setBundle: (bundle: Bundle) => void
  lock: () => void
}

const FieldContext = createContext<Field | null>(null)

export function useField(): Field {
  const field = useContext(FieldContext)
  if (!field) throw new Error('the phone is locked')
  return field
}

const NONE: Counts = { waiting: 0, sent: 0, aside: 0, behind: 0, handed: 0 }

interface Props {
  phone: Phone
  lock: () => void
  revoked: () => void
  children: ReactNode
}

/** An unlocked phone and all that the screens show of it. */
export function FieldProvider({ phone, lock, revoked, children }: Props) {
  const local = useLocal(phone)
  const [said, say] = useState('')
  const { sync, syncNow } = useSync(phone, local.reload, revoked)
  usePatience(local.counts.waiting + local.photos, sync, syncNow)
  const value = useMemo<Field>(
    () => ({ phone, ...local, refresh: local.reload, sync, syncNow, said, say, lock }),
    [phone, local, sync, syncNow, said, lock],
  )
  return <FieldContext value={value}>{children}</FieldContext>
}

function useLocal(phone: Phone) {
  const [bundle, setBundle] = useState<Bundle | null>(null)
  const [rest, setRest] = useState<
    Pick<Field, 'marks' | 'drafts' | 'counts' | 'clock' | 'nearlyFull' | 'photos' | 'unkept'>
  >({
    marks: new Map(),
    drafts: new Set(),
    counts: NONE,
    clock: null,
    nearlyFull: false,
    photos: 0,
    unkept: [],
  })
  const reload = useCallback(
    async (fresh?: Bundle | null) => {
      const list = fresh ?? (await bundleOf(phone))
      if (list) setBundle(list)
      const items = await listed(phone, ['waiting', 'sent', 'aside', 'behind', 'handed'])
      const visits = items.filter((item) => item.fact.kind === VISIT.kind)
      setRest({
        marks: new Map(
          visits.map(({ fact, state }) => [
            `${fact.subject}|${fact.data.round}`,
            { outcome: fact.data.outcome as Outcome, state, ended: ends(fact.data) },
          ]),
        ),
        drafts: new Set((await allDrafts(phone)).map((draft) => draft.subject)),
        counts: await counts(phone),
        clock: await trouble(phone.db, list?.clock_bound_s ?? Number.POSITIVE_INFINITY),
        nearlyFull: await nearlyFull(phone.db),
        photos: (await photos(phone)).filter((one) => one.state === 'waiting').length,
        unkept: (await newPeople(phone)).filter((one) => one.refused),
      })
    },
    [phone],
  )
  useEffect(() => {
    reload().catch(() => undefined)
    const timer = setInterval(() => reload().catch(() => undefined), CLOCK_LOOK_MS)
    return () => clearInterval(timer)
  }, [reload])
  return useMemo(() => ({ bundle, setBundle, reload, ...rest }), [bundle, reload, rest])
}

function useSync(phone: Phone, reload: (bundle?: Bundle | null) => Promise<void>, revoked: () => void) {
  const [sync, setSync] = useState<Syncing>({ busy: false, done: 0, error: null, last: null })
  const running = useRef(false)
  useEffect(() => {
    kept<number>(phone.db, 'synced').then((last) => setSync((now) => ({ ...now, last: last ?? null })))
  }, [phone])
  const syncNow = useCallback(async () => {
    if (running.current) return
    running.current = true
    setSync((now) => ({ ...now, busy: true, done: 0, error: null }))
    let error: unknown = null
    try {
      const progress = (done: number) => {
        setSync((now) => ({ ...now, done }))
        reload().catch(() => undefined)
      }
      await reload(await synced(phone, progress))
    } catch (failed) {
      error = failed
      if (failed instanceof Revoked) revoked()
      else await reload().catch(() => undefined)
    }
    running.current = false
    const last = (await kept<number>(phone.db, 'synced').catch(() => undefined)) ?? null
    setSync((now) => ({ ...now, busy: false, error, last }))
  }, [phone, reload, revoked])
  return { sync, syncNow }
}

/** Tries again by itself while something waits: when the network is back, and after longer and longer pauses. */
function usePatience(waiting: number, { busy, error }: Syncing, syncNow: () => Promise<void>) {
  const tries = useRef(0)
  const before = useRef(0)
  useEffect(() => {
    const back = () => {
      tries.current = 0
      syncNow()
    }
    addEventListener('online', back)
    syncNow()
    return () => removeEventListener('online', back)
  }, [syncNow])
  useEffect(() => {
    if (busy) return
    if (waiting !== before.current) tries.current = 0
    before.current = waiting
    // Who must act first, a person: nothing is gained by asking again.
    const hopeless = error instanceof ApiError && (error.kind === 'signed_out' || error.kind === 'forbidden')
    if (!waiting || hopeless || !navigator.onLine) return
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries.current, LONGEST_PAUSE_MS)
    const timer = setTimeout(
      () => {
        tries.current += 1
        syncNow()
      },
      error || tries.current ? Math.max(asked, pause) : 0,
    )
    return () => clearTimeout(timer)
  }, [waiting, busy, error, syncNow])
}
