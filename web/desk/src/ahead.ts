import { api, begin, latest, peek, shows } from './api/client'
import { contacts } from './api/contacts'
import { home } from './api/home'
import { isolation } from './api/isolation'
import { plans } from './api/plans'
import { situation } from './api/situation'
import type { AreaEntry, Session } from './api/types'
import { warning } from './api/warning'
import { filterOf, type Room, routeOf } from './route'
import { viewOf } from './rooms/situation/view'
import { home as beginning, signedIn } from './session'
import { fromAddress } from './view'

/** A room that roles begin in: what loads it, and what it asks first of all. */
interface Beginning {
  load: () => Promise<unknown>
  asks?: (session: Session, may: (action: string) => boolean) => void
}

const BEGINNINGS: Partial<Record<Room, Beginning>> = {
  figures: {
    load: () => import('./Page'),
    asks: async () => {
      const { area, asOf, knownAt } = fromAddress()
      begin(api.areas)
      const code = area ?? latest((await peek<AreaEntry[]>('/areas')) ?? [])?.code
      if (code) begin(() => api.situation(code, asOf, knownAt))
    },
  },
  situation: {
    load: () => import('./rooms/situation/Situation'),
    asks: (session) => {
      const { area, day, known } = viewOf(filterOf(), session.area)
      begin(() => situation.figures(area, { day, known_at: known }))
      situation.indicators().catch(() => undefined) // it is kept there
      begin(home.today)
    },
  },
  today: {
    load: () => import('./rooms/today/Today'),
    asks: ({ area }, may) => {
      begin(home.today)
      if (may('plans.read')) begin(() => plans.response(area))
      if (may('warning.read')) begin(() => warning.counts({ area }))
      if (may('contacts.read')) begin(() => contacts.counts(area))
      if (may('isolation.read')) begin(() => isolation.counts(area))
    },
  },
}

/** Loads what the address names, and asks for what it will show, while the page is still being put together. */
export async function loadAhead(): Promise<void> {
  const named = routeOf(location.hash).room
  const room = named === 'home' && new URLSearchParams(location.search).has('area') ? 'figures' : named
  void BEGINNINGS[room]?.load()
  if (room !== 'figures') void import('./rooms/Rooms')
  const session = await peek<Session>('/session')
  if (!session || !signedIn(session)) return
  const may = (...actions: string[]) => actions.some((action) => session.actions?.includes(action))
  const first = BEGINNINGS[room === 'home' ? beginning({ session, may }).room : room]
  if (room === 'home') void first?.load()
  shows(session.appointment ?? null)
  first?.asks?.(session, may)
}
