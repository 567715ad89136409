import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { api, ended, shows, watchTouches } from './api/client'
import { watchNetwork } from './api/connection'
import { listen } from './api/live'
import { forgetUnanswered } from './api/once'
import { useResource } from './api/resource'
import type { Appointment, Session } from './api/types'
import type { Route } from './route'

interface Standing {
  session: Session | null
  error: Error | null
  loading: boolean
  /** The session ended while somebody was at work: the page waits beneath the sign-in. */
  expired: boolean
  /** What is worn since another hat was put on in another window: this page waits until somebody says which. */
  moved: Session | null
  /** Grows whenever somebody else, or another hat, has taken over: nothing of the one before may stay on the page. */
  generation: number
  /** Asks anew who is signed in. */
  reload: () => Promise<Session | null>
  /** Goes on with the hat of the other window; what was typed under the one before is given up. */
  follow: () => void
  retry: () => void
  may: (...actions: string[]) => boolean
}

const SessionContext = createContext<Standing | null>(null)

export function useSession(): Standing {
  const standing = useContext(SessionContext)
  if (!standing) throw new Error('there is no session around this')
  return standing
}

/** The hat that is worn. */
export function worn(session: Session | null): Appointment | null {
  return session?.appointments?.find((a) => a.id === session.appointment) ?? null
}

/** Somebody is here: an account, a device, or one who came with a code. */
export function signedIn(session: Session | null): boolean {
  return Boolean(session && (session.account || session.device || session.role !== 'public'))
}

/** Where one begins: the first screen of the role, or the first room that it may enter. */
export function home({ session, may }: Pick<Standing, 'session' | 'may'>): Route {
  if (!session) return { room: 'figures' }
  if (session.role === 'public' && !may('bulletins.read')) return { room: signedIn(session) ? 'me' : 'sign-in' }
  const found = FIRST[session.role] ?? BEGINNINGS.find(([action]) => may(action))?.[1]
  return { room: found ?? 'me' }
}

type Beginning = 'situation' | 'figures' | 'today' | 'accounts' | 'devices' | 'looks' | 'mine' | 'retention'

/** Roles whose first screen is another than that of everybody who records something: the day. */
const FIRST: Record<string, Beginning> = { duty_officer: 'situation', wall: 'situation' }
const BEGINNINGS: [string, Beginning][] = [
  ['facts.append', 'today'],
  ['accounts.manage', 'accounts'],
  ['looks.read', 'looks'],
  ['bulletins.read', 'figures'],
  ['own.read', 'mine'],
  ['devices.manage', 'devices'],
  ['retention.read', 'retention'],
]

function hat(session: Session | null): string {
  return [session?.account, session?.device, session?.role, session?.area, session?.appointment].join('|')
}

/** Between the windows of one browser: that somebody signed in or out, or put on another hat. */
const WINDOWS = 'lianfang-session'

export function SessionProvider({ children }: { children: ReactNode }) {
  const first = useResource('session', api.session)
  const [renewed, setRenewed] = useState<Session | null>(null)
  const [expired, setExpired] = useState(false)
  const [generation, setGeneration] = useState(0)
  const [moved, setMoved] = useState<Session | null>(null)
  const session = renewed ?? first.data
  shows(session?.appointment ?? null) // here, since what the page asks for is asked before an effect of this would run
  const present = signedIn(session)
  useEffect(() => {
    if (!present) return
    const end = () => setExpired(true)
    ended.addEventListener('ended', end)
    return () => ended.removeEventListener('ended', end)
  }, [present])
  const before = hat(session)
  const put = useCallback(
    (now: Session) => {
      setRenewed(now)
      setExpired(false)
      setMoved(null)
      if (hat(now) === before) return
      forget()
      setGeneration((n) => n + 1)
    },
    [before],
  )
  const reload = useCallback(async () => {
    const now = await api.session()
    put(now)
    if (hat(now) !== before || expired || moved) tellWindows()
    return now
  }, [put, before, expired, moved])
  useElsewhere(session, { put, setExpired, setMoved })
  const follow = useCallback(() => moved && put(moved), [put, moved])
  const listening = present && !expired && !moved && Boolean(session?.actions?.includes('live.read'))
  // biome-ignore lint/correctness/useExhaustiveDependencies: under another hat another line is opened.
  useEffect(() => {
    if (!listening) return
    const control = new AbortController()
    listen(control.signal)
    return () => control.abort()
  }, [listening, before])
  useEffect(watchTouches, [])
  useEffect(watchNetwork, [])
  const standing = useMemo<Standing>(
    () => ({
      session,
      error: first.error,
      loading: first.loading,
      expired,
      moved,
      generation,
      reload,
      follow,
      retry: first.retry,
      may: (...actions) => actions.some((action) => session?.actions?.includes(action)),
    }),
    [session, first.error, first.loading, first.retry, expired, moved, generation, reload, follow],
  )
  return <SessionContext value={standing}>{children}</SessionContext>
}

/** What the window kept was for whoever was here before. */
function forget() {
  forgetUnanswered()
  try {
    sessionStorage.clear()
  } catch {
    // Storage may be forbidden; nothing was kept then.
  }
}

function tellWindows() {
  const windows = new BroadcastChannel(WINDOWS)
  windows.postMessage(null)
  windows.close()
}

interface Found {
  put: (now: Session) => void
  setExpired: (expired: boolean) => void
  setMoved: (moved: Session | null) => void
}

/** Follows what another window has done: the page of who was signed out waits, with what was typed, and so does that of
 * one hat while another is worn. */
function useElsewhere(session: Session | null, { put, setExpired, setMoved }: Found) {
  const latest = useRef(session)
  latest.current = session
  const here = session !== null
  useEffect(() => {
    if (!here) return
    const look = async () => {
      const now = await api.session().catch(() => null)
      const shown = latest.current // this window may have changed it itself meanwhile
      if (!now || !shown) return
      const present = signedIn(now)
      if (hat(now) === hat(shown) || !signedIn(shown) || (present && now.account !== shown.account)) {
        put(now)
      } else {
        setExpired(!present)
        setMoved(present ? now : null)
      }
    }
    const windows = new BroadcastChannel(WINDOWS)
    windows.onmessage = look
    ended.addEventListener('check', look)
    return () => {
      windows.close()
      ended.removeEventListener('check', look)
    }
  }, [here, put, setExpired, setMoved])
}
