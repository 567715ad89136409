import { useCallback, useEffect, useState } from 'react'

/** Rooms that are named by their address alone. */
type Plain =
  | 'home'
  | 'today'
  | 'situation'
  | 'figures'
  | 'sign-in'
  | 'me'
  | 'people'
  | 'find'
  | 'enter'
  | 'import'
  | 'merge'
  | 'looks'
  | 'retention'
  | 'accounts'
  | 'devices'
  | 'mine'
  | 'tasks'
  | 'coverage'
  | 'cases'
  | 'case-new'
  | 'samples'
  | 'contacts'
  | 'contact-new'
  | 'transmission'
  | 'whatif'
  | 'command'
  | 'plans'
  | 'measures'
  | 'notices'
  | 'issues'
  | 'openly'
  | 'warning'
  | 'area'
  | 'assessment'
  | 'isolation'
  | 'stations'
  | 'gates'
  | 'needs'
  | 'errands'
  | 'mobilisation'
  | 'triage'
  | 'beds'
  | 'supplies'
  | 'production'
  | 'sharing'
  | 'arrivals'
  | 'lists'
  | 'forms'
  | 'burden'
  | 'inspections'
  | 'oversight'
  | 'guide'

/** Where in the desk one is: the part of the address after `#`. It never holds personal data: a person is a pseudonym. */
export type Route =
  | { room: Plain }
  | { room: 'welcome' | 'enrol'; secret: string }
  | { room: 'drill'; secret?: string }
  | {
      room:
        | 'person'
        | 'person-looks'
        | 'case'
        | 'contact'
        | 'order'
        | 'station'
        | 'gate'
        | 'plan'
        | 'issue'
        | 'hospital'
        | 'store'
        | 'allocation'
      id: string
    }

export type Room = Route['room']

const PATHS: Partial<Record<Room, string>> = {
  home: '',
  today: 'today',
  situation: 'situation',
  figures: 'figures',
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
  tasks: 'tasks',
  coverage: 'coverage',
  cases: 'cases',
  'case-new': 'cases/new',
  samples: 'samples',
  contacts: 'contacts',
  'contact-new': 'contacts/new',
  transmission: 'transmission',
  whatif: 'whatif',
  command: 'command',
  plans: 'plans',
  measures: 'measures',
  notices: 'notices',
  issues: 'issues',
  openly: 'openly',
  warning: 'warning',
  area: 'area',
  assessment: 'assessment',
  isolation: 'isolation',
  stations: 'stations',
  gates: 'gates',
  needs: 'needs',
  errands: 'errands',
  mobilisation: 'mobilisation',
  triage: 'triage',
  beds: 'beds',
  supplies: 'supplies',
  production: 'production',
  sharing: 'sharing',
  arrivals: 'arrivals',
  lists: 'lists',
  forms: 'forms',
  burden: 'burden',
  inspections: 'inspections',
  oversight: 'oversight',
  guide: 'guide',
}
/** Rooms of one thing: `cases/…` is a case. */
const CARDS: Partial<Record<Room, string>> = {
  person: 'people',
  case: 'cases',
  contact: 'contacts',
  order: 'isolation',
  station: 'stations',
  gate: 'gates',
  plan: 'plans',
  issue: 'issues',
  hospital: 'beds',
  store: 'supplies',
  allocation: 'sharing',
}
const ROOMS = new Map(Object.entries(PATHS).map(([room, path]) => [path, room as Room]))
const CARD = /^([a-z]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/looks)?$/
const SECRET = /^(welcome|enrol|drill)(?:=(.*))?$/

/** What a one-time link carried: taken out of the address at once, so that neither history nor a picture keeps it. */
const secrets: Record<string, string> = {}

export function routeOf(hash: string): Route {
  const path = hash.replace(/^#\/?/, '').replace(/\?.*$/, '')
  const secret = SECRET.exec(path)
  if (secret) return { room: secret[1] as 'welcome' | 'enrol' | 'drill', secret: secret[2] ?? '' }
  const card = CARD.exec(path)
  const of = card && Object.entries(CARDS).find(([, folder]) => folder === card[1])
  if (card && of) return { room: card[3] && of[0] === 'person' ? 'person-looks' : of[0], id: card[2] } as Route
  return { room: ROOMS.get(path) ?? 'home' } as Route
}

export function pathOf(route: Route): string {
  if (route.room === 'person-looks') return `#people/${route.id}/looks`
  if ('id' in route) return `#${CARDS[route.room]}/${route.id}`
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

/** What a list is narrowed to: the part of the address after `?` behind `#`. Codes and days only. With `push` the view
 * before stays in the history. */
export function useFilter(): [
  Record<string, string>,
  (part: Record<string, string | null>, way?: 'replace' | 'push') => void,
] {
  const [filter, setFilter] = useState(filterOf)
  useEffect(() => {
    const moved = () => setFilter(filterOf())
    addEventListener('hashchange', moved)
    return () => removeEventListener('hashchange', moved)
  }, [])
  const narrow = useCallback((part: Record<string, string | null>, way: 'replace' | 'push' = 'replace') => {
    const set = Object.entries({ ...filterOf(), ...part }).filter((e): e is [string, string] => Boolean(e[1]))
    const path = location.hash.replace(/\?.*$/, '') || '#'
    const to = set.length ? `${path}?${new URLSearchParams(set)}` : path
    if (way === 'push') history.pushState(history.state, '', to)
    else history.replaceState(history.state, '', to)
    setFilter(Object.fromEntries(set))
  }, [])
  return [filter, narrow]
}

export function filterOf(): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(location.hash.split('?')[1] ?? ''))
}
