import { arrivals } from '../../api/arrivals'
import { contacts } from '../../api/contacts'
import { idsOf } from './Allocate'

export type Source = 'contacts' | 'manifest' | 'list'

/** One of many who are to be placed; a contact brings the own ground. */
export interface Somebody {
  person: string
  contact?: { id: string; disease: string; edition: string; end: string | null }
}

/** Who is meant: each once; `unknown` are contacts of whom it is not known who they are. */
export async function sought(
  source: Source,
  { number = '', list }: { number?: string; list?: string },
): Promise<{ people: Somebody[]; unknown: number }> {
  if (source === 'list') return { people: once(idsOf(list).map((person) => ({ person }))), unknown: 0 }
  if (source === 'manifest') {
    const found = await paged(
      (after) => arrivals.list({ number: number.trim(), after, limit: 200 }),
      (page) => page.arrivals,
    )
    return { people: once(found.map(({ person }) => ({ person }))), unknown: 0 }
  }
  const asked = { conveyance: number.trim(), status: ['observing' as const], limit: 200 }
  const found = await paged(
    (after) => contacts.list({ ...asked, ...(after ? { after } : {}) }),
    (page) => page.contacts,
  )
  const people = found.flatMap(({ person, contact, disease, edition, release_from }) =>
    person ? [{ person, contact: { id: contact, disease, edition, end: release_from ?? null } }] : [],
  )
  return { people: once(people), unknown: found.length - people.length }
}

function once(people: Somebody[]): Somebody[] {
  return [...new Map(people.map((one) => [one.person, one])).values()]
}

/** All pages of a list. */
async function paged<P extends { next: string | null }, T>(
  ask: (after: string) => Promise<P>,
  of: (page: P) => T[],
): Promise<T[]> {
  const all: T[] = []
  let after: string | null = ''
  while (after !== null) {
    const page: P = await ask(after)
    all.push(...of(page))
    after = page.next
  }
  return all
}
