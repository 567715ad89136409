import { useEffect, useState } from 'react'

/** Where in the desk one is: the part of the address after `#`. It never holds personal data: a person is a pseudonym. */
export type Route =
  | { room: 'figures' | 'sign-in' | 'me' | 'people' | 'find' | 'enter' | 'import' | 'merge' }
  | { room: 'looks' | 'retention' | 'accounts' | 'devices' | 'mine' }
  | { room: 'welcome' | 'enrol'; secret: string }
  | { room: 'person' | 'person-looks'; id: string }

export type Room = Route['room']

const PATHS: Partial<Record<Room, string>> = {
  figures: '',
  'sign-in': 'sign-in',
  me: 'me',
  people: 'people',
  find: 'people/find',
  enter: 'people/new',
  import: 'people/import',
  merge: 'people/merge',
  looks: 'looks',
  retention: 'retention',
  accounts: 'accounts',
  devices: 'devices',
  mine: 'mine',
}
const ROOMS = new Map(Object.entries(PATHS).map(([room, path]) => [path, room as Room]))
const PERSON = /^people\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/looks)?$/
const SECRET = /^(welcome|enrol)(?:=(.*))?$/

/** What a one-time link carried: taken out of the address at once, so that neither history nor a picture keeps it. */
const secrets: Record<string, string> = {}

export function routeOf(hash: string): Route {
  const path = hash.replace(/^#\/?/, '')
  const secret = SECRET.exec(path)
  if (secret) return { room: secret[1] as 'welcome' | 'enrol', secret: secret[2] ?? '' }
  const person = PERSON.exec(path)
  if (person) return { room: person[2] ? 'person-looks' : 'person', id: person[1] as string }
  return { room: ROOMS.get(path) ?? 'figures' } as Route
}

export function pathOf(route: Route): string {
  if ('id' in route) return `#people/${route.id}${route.room === 'person-looks' ? '/looks' : ''}`
  if ('secret' in route) return `#${route.room}`
  return `#${PATHS[route.room]}`
}

export function go(route: Route): void {
  location.hash = pathOf(route)
}

function current(): Route {
  const route = routeOf(location.hash)
  if (!('secret' in route)) return route
  if (route.secret) {
    secrets[route.room] = route.secret
    history.replaceState(history.state, '', pathOf(route))
  }
  return { ...route, secret: secrets[route.room] ?? '' }
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current)
  useEffect(() => {
    const moved = () => setRoute(current())
    addEventListener('hashchange', moved)
    addEventListener('popstate', moved)
    return () => {
      removeEventListener('hashchange', moved)
      removeEventListener('popstate', moved)
    }
  }, [])
  return route
}
