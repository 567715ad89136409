import { written } from './full'
import type { Phone } from './phone'
import { open, seal } from './seal'

/** What the vault could not take of somebody: the field, and why. */
export interface Refusal {
  field: string
  zh: string
  en: string
}

/**
 * Somebody met at a door who is not on the list, or how one is reached who was met at a post: it goes to the vault, facts
 * have the id alone.
 */
export interface NewPerson {
  id: string
  name: string
  area: string
  kind?: 'encounter'
  data_class?: string
  phones?: string[]
  documents?: { kind: string; country: string; number: string }[]
  /** By the server, when it was last sent. */
  refused?: Refusal[]
}

const PLACE = 'new people'

/** People whose names wait to be taken to the vault. */
export async function newPeople(phone: Phone): Promise<NewPerson[]> {
  const row = await phone.db.parts.get(PLACE)
  return row ? open<NewPerson[]>(phone.key, PLACE, row.sealed) : []
}

/** Throws Full. */
export async function keepPeople(phone: Phone, people: NewPerson[]): Promise<void> {
  const sealed = await seal(phone.key, PLACE, people)
  await written(phone.db, () => phone.db.parts.put({ part: PLACE, sealed }))
}

/** Puts what the server did not take in the place of what was sent to it; what was entered meanwhile stays. Throws Full. */
export async function settlePeople(phone: Phone, sent: NewPerson[], left: NewPerson[]): Promise<void> {
  const before = new Map(sent.map((one) => [one.id, JSON.stringify(one)]))
  const after = new Map(left.map((one) => [one.id, one]))
  const now = await newPeople(phone)
  await keepPeople(
    phone,
    now.flatMap((one) => (before.get(one.id) === JSON.stringify(one) ? (after.get(one.id) ?? []) : one)),
  )
}

/** The one value of somebody that a refusal is about: telephone, plate or name. */
export function refusedValue(one: NewPerson): string {
  const field = one.refused?.[0]?.field ?? ''
  if (field.startsWith('phones')) return one.phones?.[0] ?? ''
  return field.startsWith('documents') ? (one.documents?.[0]?.number ?? '') : one.name
}

/** Corrects what was refused, to be sent again; left empty it is left out, and with the last of it the whole. Throws Full. */
export async function amendPerson(phone: Phone, one: NewPerson, value: string): Promise<void> {
  const { refused, ...rest } = one
  const field = refused?.[0]?.field ?? ''
  const its = value.normalize('NFKC').trim()
  const next: NewPerson = field.startsWith('phones')
    ? { ...rest, phones: its ? [its] : [] }
    : field.startsWith('documents')
      ? { ...rest, documents: its ? (rest.documents ?? []).map((paper) => ({ ...paper, number: its })) : [] }
      : { ...rest, name: its }
  const empty = !next.name && !next.phones?.length && !next.documents?.length
  const others = await newPeople(phone)
  await keepPeople(
    phone,
    others.flatMap((other) => (other.id === one.id ? (empty ? [] : next) : other)),
  )
}
