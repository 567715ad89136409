import { routeOf } from './route'

/** The rooms that roles begin in, by what loads them. */
const BEGINNINGS: Partial<Record<string, () => Promise<unknown>>> = {
  figures: () => import('./Page'),
  situation: () => import('./rooms/situation/Situation'),
  today: () => import('./rooms/today/Today'),
}

/** Loads what the address names while it is still asked who is here. */
export function loadAhead(): void {
  const named = routeOf(location.hash).room
  const room = named === 'home' && new URLSearchParams(location.search).has('area') ? 'figures' : named
  if (room !== 'figures') void import('./rooms/Rooms')
  void BEGINNINGS[room]?.()
}
