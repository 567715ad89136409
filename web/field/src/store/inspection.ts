import { newId } from '../../../desk/src/api/people'
import type { Bundle, Term } from './bundle'
import { draftsWritten } from './drafts'
import { type Fact, made } from './facts'
import type { Known } from './form'
import { save } from './outbox'
import type { Phone } from './phone'
import { dropPhoto, photos } from './photo'

/** The role whose phones are for inspections. */
export const INSPECTS = 'inspector'
/** Things to look at on one page: as many as one can keep in mind. */
export const ON_A_PAGE = 3

/** `code` is what was read at the place: the server says whether it hangs there, since no phone can. */
export const INSPECTED: Known = {
  kind: 'inspection.made',
  version: 1,
  fields: ['post', 'mode', 'checked_in', 'findings'],
}
export const RECHECKED: Known = { kind: 'inspection.rechecked', version: 1, fields: ['item', 'rectified'] }

/** A post that can be inspected; `drawn` by lot for today, and whether that was done `on_site`. */
export interface Inspectable {
  id: string
  name: string
  area: string
  place_type: string
  drawn: boolean
  on_site: boolean | null
}

/** A thing to look at, and the part of the work that it is `of`. */
export interface Item extends Term {
  of: string
}

/** What was found and put right since, and is to be looked at again. */
export interface Again {
  inspection: string
  post: string | null
  area: string
  item: string
  rectified: string
  answer: string | null
}

/** What an inspector's phone has. */
export interface Inspecting {
  places: Inspectable[]
  items: Item[]
  parts: Item[]
  again: Again[]
  on_site: number
  by_phone: number
}

/** What was found of one thing. A photograph lies on the phone under an id of its own (`pictured`). */
export interface Found {
  said: string
  pictured: string
}

/** An inspection so far. Kept at each field; `code` is empty where nobody has read the code of the place. */
export interface Inspection {
  inspection: string
  fact: string
  post: string | null
  area: string
  code: string
  found: Record<string, Found>
}

export const inspectionDraft = (place: string) => `inspection ${place}`

export function newInspection(place: { post: string | null; area: string }): Inspection {
  return { inspection: newId(), fact: newId(), ...place, code: '', found: {} }
}

export const newFound = (): Found => ({ said: '', pictured: newId() })

/** What the code of a place says, by which it is found on the list: a post, or the gates of a community. */
export function placeOf(code: string): { post: string | null; area: string } | null {
  const [, kind, id = ''] = /^lianfang:(post|area):([0-9A-Za-z-]+):[0-9a-f]+$/.exec(code.trim()) ?? []
  if (!kind) return null
  return kind === 'post' ? { post: id, area: '' } : { post: null, area: id }
}

/** The things to look at, part by part, as many at once as go on a page. */
export function pagesOf({ items, parts }: Pick<Inspecting, 'items' | 'parts'>): { part: Item; items: Item[] }[] {
  return parts.flatMap((part) => {
    const its = items.filter((one) => one.of === part.code)
    const pages = Array.from({ length: Math.ceil(its.length / ON_A_PAGE) }, (_, n) => n * ON_A_PAGE)
    return pages.map((from) => ({ part, items: its.slice(from, from + ON_A_PAGE) }))
  })
}

/** How many inspections were made on site, and how many by telephone, with those that the server does not know yet. */
export function madeSoFar({ on_site, by_phone }: Inspecting, facts: Fact[]): { site: number; phone: number } {
  const own = facts.filter((fact) => fact.kind === INSPECTED.kind)
  const site = own.filter((fact) => fact.data.mode === 'on_site').length
  return { site: on_site + site, phone: by_phone + own.length - site }
}

/** What is to be looked at again and this phone has not. */
export function openAgain({ again }: Inspecting, facts: Fact[]): Again[] {
  const seen = new Set(
    facts.filter((fact) => fact.kind === RECHECKED.kind).map((fact) => `${fact.subject}|${fact.data.item}`),
  )
  return again.filter((one) => !seen.has(`${one.inspection}|${one.item}`))
}

/** Records an inspection; without a network it waits on the phone. Throws Full. */
export async function saveInspection(phone: Phone, place: string, of: Inspection, label: string): Promise<void> {
  await draftsWritten()
  const findings = await Promise.all(
    Object.entries(of.found).map(async ([item, { said, pictured }]) => ({
      item,
      said: said.trim() || null,
      photo: (await photos(phone, pictured))[0]?.id ?? null,
    })),
  )
  const { kind, version } = INSPECTED
  const data = { post: of.post, mode: of.code ? 'on_site' : 'phone', code: of.code, findings }
  const fact = await made(phone, { id: of.fact, kind, version, subject: of.inspection, area: of.area, data })
  await save(phone, [{ fact, label }], { drop: [inspectionDraft(place)] })
}

/** Drops the photographs of what turned out to be in order. */
export async function dropPictures(phone: Phone, { pictured }: Found): Promise<void> {
  for (const one of await photos(phone, pictured)) await dropPhoto(phone.db, one.id)
}

/** Records that somebody has looked again. Throws Full. */
export async function saveAgain(phone: Phone, of: Again, rectified: boolean, label: string): Promise<void> {
  const { kind, version } = RECHECKED
  const what = { id: newId(), kind, version, subject: of.inspection, area: of.area }
  const fact = await made(phone, { ...what, data: { item: of.item, rectified } })
  await save(phone, [{ fact, label }])
}

/** What a place is called: a post by its name, the gates of a community by its code. */
export function nameOf(bundle: Bundle, of: { post: string | null; area: string }): string {
  return bundle.inspecting?.places.find((one) => one.id === of.post)?.name ?? of.area
}
