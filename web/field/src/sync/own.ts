import { ApiError } from '../../../desk/src/api/client'
import { told } from '../store/clock'
import type { Fact } from '../store/facts'
import { COUNTED } from '../store/gate'
import { INSPECTED } from '../store/inspection'
import { ATTEMPTED, DONE } from '../store/task'
import type { Receipt } from './server'

const SECOND_MS = 1000
const REFUSED = new Set(['refused', 'missing', 'forbidden'])
/** Asked to come back: nothing is decided. */
const LATER = new Set([408, 425])

/**
 * Where a fact is told that goes on with one's own work: a fact alone does not tell whose work that is, so the server
 * takes it by a route of its own. Null for any other. Told twice, it is one: by its id, or by what it is of and when.
 */
export function routeOf(fact: Fact): { path: string; body: Record<string, unknown> } | null {
  const { of, outcome } = fact.data
  // A moment that seems to lie ahead by the way to the server and back is refused there.
  const at = new Date((Math.floor(told(fact).getTime() / SECOND_MS) - 1) * SECOND_MS).toISOString()
  switch (fact.kind) {
    case DONE.kind:
      return { path: `/tasks/${fact.subject}/done`, body: { of, at } }
    case ATTEMPTED.kind:
      return { path: `/tasks/${fact.subject}/attempt`, body: { of, outcome, at } }
    case COUNTED.kind:
      return { path: `/posts/${fact.subject}/counts`, body: { ...fact.data, fact: fact.id } }
    case INSPECTED.kind:
      return { path: '/inspections', body: { ...inspected(fact), inspection: fact.subject, fact: fact.id, at } }
    default:
      return null
  }
}

/** Of a post, or of the gates of a division: the server finds where a post lies. */
function inspected({ area, data }: Fact): Record<string, unknown> {
  const { post, ...rest } = data
  return post ? { ...rest, post } : { ...rest, area }
}

/** Sends a batch: the facts together, then those that have routes of their own, each by its route. */
export async function sent(
  batch: Fact[],
  together: (facts: Fact[]) => Promise<Receipt>,
  alone: (path: string, body: unknown) => Promise<unknown>,
): Promise<Receipt> {
  const routes = batch.map(routeOf)
  const plain = batch.flatMap((_, index) => (routes[index] ? [] : [index]))
  const told = plain.length ? await together(plain.map((index) => batch[index] as Fact)) : null
  const back = <T extends { index: number }>(rows: T[]) =>
    rows.map((row) => ({ ...row, index: plain[row.index] as number }))
  const receipt: Receipt = {
    appended: back(told?.appended ?? []),
    skipped: back(told?.skipped ?? []),
    set_aside: back(told?.set_aside ?? []),
  }
  for (const [index, route] of routes.entries()) {
    if (!route) continue
    const id = batch[index]?.id as string
    try {
      await alone(route.path, route.body)
      receipt.appended.push({ index, id })
    } catch (error) {
      const refused = error instanceof ApiError && REFUSED.has(error.kind) && !LATER.has(error.status ?? 0)
      if (!refused) throw error
      receipt.set_aside.push({ index, id, reason: reasonOf(error) })
    }
  }
  return receipt
}

/** What is wrong, in the page's language. */
export function reasonOf({ problem, message }: ApiError): string {
  const errors = (problem as { errors?: { zh?: string; en?: string }[] } | null)?.errors ?? []
  const words = errors.map((one) => (document.documentElement.lang.startsWith('zh') ? one.zh : one.en))
  return words.filter(Boolean).join('；') || message
}
