import { ask } from './client'
import type { Schemas } from './types'

/** Who asked on the open page to be called. The number is shown with the task. */

export const care = {
  calls: (signal?: AbortSignal) => ask<Schemas['CallOut'][]>('/care/calls', { signal }),
  terms: (signal?: AbortSignal) => ask<Schemas['CareOut']>('/care', { signal }),
}
