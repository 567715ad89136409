import { keep, kept } from './db'
import type { Errands } from './errand'
import { written } from './full'
import type { Inspecting } from './inspection'
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

/** Something to be done by a time, as the server lists it: in the order in which it falls due. */
export interface Task {
  id: string
  rule: string
  of: string
  slot: string
  area: string
  person: string | null
  due: string
  state: string
  attempts: number
}

/** What a rule asks for, and what is told people; `by_hand`: done by saying so, else by the record that it asks for. */
export interface Rule {
  zh: string
  en: string
  by_hand: boolean
  say: { zh: string; en: string } | null
}

export interface Post {
  id: string
  name: string
  area: string
  shift: { begins: string; ends: string } | null
  /** From when on `tally` counts. */
  since: string
  tally: { met: number; measured: number; refused: number; held: number; told: number }
  /** Until when those who passed since then were counted; an older server tells nothing of it. */
  counted_until?: string | null
  came_from: string[]
  going_to: string[]
}

/** Somebody who is held at a post. */
export interface Held {
  id: string
  post: string | null
  since: string
  reason: string
  temp_c: number | null
  taken_up: string | null
  transferred: string | null
}

/** What the phone of a post has: no grids, but those who pass. */
export interface Gate {
  posts: Post[]
  held: Held[]
  policy: { edition: string; hold_c: number; hold_h: number; basis: string; record_s: number; erase_on: string | null }
  notices: Term[]
  words: Record<string, Term[]>
  places: Term[]
}

/** The fields of a kind of fact, as the server has them. */
export interface Form {
  version: number
  data: Schema
}

/** As much of JSON Schema as the server's forms are written in. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  anyOf?: Schema[]
  type?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
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
  tasks: Task[]
  rules: Record<string, Rule>
  symptoms: Term[]
  forms: Record<string, Form>
  /** Of a phone at a post alone. */
  gate?: Gate
  /** Of an inspector's phone alone. */
  inspecting?: Inspecting
  /** Of who carries orders. */
  errands?: Errands
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
