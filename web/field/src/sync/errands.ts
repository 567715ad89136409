import { ApiError } from '../../../desk/src/api/client'
import type { Bundle } from '../store/bundle'
import { CARRIES, type Errands } from '../store/errand'
import { reasonOf } from './own'
import { asked } from './server'

/** Takes an order: the server says who has it, so it needs a network. Throws ApiError. */
export function acceptErrand(id: string): Promise<unknown> {
  return asked(`/errands/${encodeURIComponent(id)}/accept`, {})
}

/** Gives back an order of which nothing was picked up. Throws ApiError. */
export function giveErrandBack(id: string): Promise<unknown> {
  return asked(`/errands/${encodeURIComponent(id)}/carry`, { step: 'given_back' })
}

/** Why the server refuses, in words; null where it was not reached. */
export function refusalOf(error: unknown): string | null {
  return error instanceof ApiError && error.kind === 'refused' ? reasonOf(error) : null
}

/** The orders of who carries some, beside the list of the role, or as the whole of it. */
export async function withErrands(role: string, list: () => Promise<Bundle>): Promise<Bundle> {
  const { open, carried, categories, failures, ...rest } = await asked<Bundle & Errands>(
    '/field/errands?purpose=logistics_delivery',
  )
  const errands = { open, carried, categories, failures }
  if (role === CARRIES)
    return {
      ...rest,
      complete: true,
      grids: [],
      rounds: [],
      households: [],
      tasks: [],
      rules: {},
      symptoms: [],
      errands,
    }
  const own = await list()
  return { ...own, errands, forms: { ...own.forms, ...rest.forms } }
}
