import { written } from './full'
import type { Phone } from './phone'
import { open, seal } from './seal'

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
