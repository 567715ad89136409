import { cases } from '../../api/cases'
import { ApiError } from '../../api/client'
import { contacts } from '../../api/contacts'

/** Why somebody is isolated, as the record has it. */
export interface Ground {
  of: string
  order_class: 'close_contact' | 'suspected'
  person: string | null
  area: string
  disease: string
  edition: string
  /** The end by the rule, where there is one. */
  end: string | null
  last?: string
  due?: string | null
  class?: string
}

/** The contact or the case of an id. Fails with `missing` where it is neither. */
export async function groundOf(of: string, signal?: AbortSignal): Promise<Ground> {
  try {
    const { contact } = await contacts.card(of, {}, signal)
    const { person, area, disease, edition, last_exposed, due } = contact
    const end = contact.release_from ?? null
    return { of, order_class: 'close_contact', person, area, disease, edition, end, last: last_exposed, due }
  } catch (error) {
    if (!(error instanceof ApiError) || !['missing', 'forbidden'].includes(error.kind)) throw error
  }
  const { person, area, disease, edition, to } = await cases.card(of, null, null, signal)
  return { of, order_class: 'suspected', person, area, disease, edition, end: null, class: to }
}
