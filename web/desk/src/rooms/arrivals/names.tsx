import type { Schemas } from '../../api/types'
import { type Names, useShown } from '../isolation/names'
import { useSpoken } from './words'

/** As many as one look may show. */
const MOST = 200

type Asked = { names: true; purpose: string; limit: number }
type Answer = { people: Record<string, Schemas['PersonOut']>; next: string | null }

/** The people of a list, once a purpose was chosen. */
export function useListed(list: string, ask: (named: Asked, signal?: AbortSignal) => Promise<Answer>): Names {
  return useShown(list, async (purpose, signal) => {
    const page = await ask({ names: true, purpose, limit: MOST }, signal)
    return { people: page.people, cut: Boolean(page.next) }
  })
}

/** What somebody is called: by name where that was asked for, else by the end of the pseudonym. */
export function Called({ person, names }: { person: string; names: Names }) {
  const w = useSpoken()
  return <>{names.of(person) || w.t('arr.who', { id: person.slice(-6) })}</>
}
