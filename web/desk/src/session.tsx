import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { api, ended } from './api/client'
import { useResource } from './api/resource'
import type { Appointment, Session } from './api/types'
import type { Route } from './route'

interface Standing {
  session: Session | null
  error: Error | null
  loading: boolean
  /** The session ended while somebody was at work: the page waits beneath the sign-in. */
  expired: boolean
  /** Grows whenever somebody else, or another hat, has taken over: nothing of the one before may stay on the page. */
  generation: number
  /** Asks anew who is signed in. */
  reload: () => Promise<Session | null>
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

type Beginning = 'figures' | 'today' | 'accounts' | 'devices' | 'looks' | 'mine' | 'retention'

/** Roles whose first screen is another than that of everybody who records something: the day. */
const FIRST: Record<string, Beginning> = { duty_officer: 'figures' }
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
  return [session?.account, session?.device, session?.role, session?.area].join('|')
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const first = useResource('session', api.session)
  const [renewed, setRenewed] = useState<Session | null>(null)
  const [expired, setExpired] = useState(false)
  const [generation, setGeneration] = useState(0)
  const session = renewed ?? first.data
  const present = signedIn(session)
  useEffect(() => {
    if (!present) return
    const end = () => setExpired(true)
    ended.addEventListener('ended', end)
    return () => ended.removeEventListener('ended', end)
  }, [present])
  const before = hat(session)
  const reload = useCallback(async () => {
    const now = await api.session()
    setRenewed(now)
    setExpired(false)
    if (hat(now) !== before) setGeneration((n) => n + 1)
    return now
  }, [before])
  const standing = useMemo<Standing>(
    () => ({
      session,
      error: first.error,
      loading: first.loading,
      expired,
      generation,
      reload,
      retry: first.retry,
      may: (...actions) => actions.some((action) => session?.actions?.includes(action)),
    }),
    [session, first.error, first.loading, first.retry, expired, generation, reload],
  )
  return <SessionContext value={standing}>{children}</SessionContext>
}
