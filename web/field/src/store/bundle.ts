import { keep, kept } from './db'
import { written } from './full'
import type { Phone } from './phone'
import { open, seal } from './seal'

export interface Member {
  person: string
  /** None where the worker's role may not see it. */
  name: string | null
}

export type Outcome = 'met' | 'refused' | 'not_met' | 'vacant' | 'follow_up'

export interface Household {
  id: string
  area: string
  grid: string
  building: string
  unit: string
  door: string
  site: string
  expected: number | null
  members: Member[]
  /** The last visit that the server knows, by round; `ended` where nobody need come again in it. */
  seen: Record<string, { outcome: Outcome; at: string; ended: boolean }>
  disputed: boolean
}

export interface Grid {
  id: string
  area: string
  name: string
  site: string
}

export interface Round {
  id: string
  area: string
  number: number
  due: string
}

export interface Term {
  code: string
  zh: string
  en: string
}

/** Everything that a worker's phone needs for the own grids, as the server had it. */
export interface Bundle {
  server_time: string
  version: string
  role: string
  area: string
  /** The code by which others name whom this phone is signed in as. */
  author: string
  clock_bound_s: number
  /** False where there are more households than a phone is given. */
  complete: boolean
  grids: Grid[]
  rounds: Round[]
  households: Household[]
  symptoms: Term[]
  forms: Record<string, { version: number }>
}

export async function keepBundle(phone: Phone, bundle: Bundle): Promise<void> {
  const sealed = await seal(phone.key, 'bundle', bundle)
  await written(phone.db, () => phone.db.parts.put({ part: 'bundle', sealed }))
  await keep(phone.db, 'fetched', Date.now())
}

export async function bundleOf(phone: Phone): Promise<Bundle | null> {
  const row = await phone.db.parts.get('bundle')
  return row ? open<Bundle>(phone.key, 'bundle', row.sealed) : null
}

/** When the list was fetched last, by the phone's clock. */
export function fetchedAt(phone: Phone): Promise<number | undefined> {
  return kept<number>(phone.db, 'fetched')
}

/** The household as it stands on its door: 7栋 2单元 301. */
export function labelOf(of: Pick<Household, 'building' | 'unit' | 'door'>): string {
  return [of.building, of.unit, of.door].filter(Boolean).join(' ')
}

const collator = new Intl.Collator('zh-CN', { numeric: true })

/** As one walks: building by building, and up the stairs. */
export function byDoor(a: Household, b: Household): number {
  return (
    collator.compare(a.building ?? '', b.building ?? '') ||
    collator.compare(a.unit ?? '', b.unit ?? '') ||
    collator.compare(a.door, b.door)
  )
}

/** Whether every word of the search is in the address or a name. */
export function found(of: Household, search: string): boolean {
  const text = `${labelOf(of)} ${of.members.map((m) => m.name ?? '').join(' ')}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** The open round that a household is in: the one of the narrowest division around it, and of those the latest. */
export function roundOf(bundle: Bundle, of: Household): Round | null {
  const around = bundle.rounds.filter((round) => within(of.area, round.area))
  return around.sort((a, b) => b.area.length - a.area.length || b.number - a.number)[0] ?? null
}

function within(area: string, outer: string): boolean {
  const stem = /^\d{6}$/.test(outer) ? outer.replace(/(00)+$/, '') : outer
  return area.startsWith(stem)
}
