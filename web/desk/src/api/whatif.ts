import { ask, query } from './client'
import type { Schemas } from './types'

/** Sets of measures compared from today's registers on. */

export type Terms = Schemas['WhatIfTermsOut']
export type Term = Schemas['WhatIfAssumptionOut']
export type MeasureTerm = Schemas['WhatIfMeasureOut']
export type Measure = MeasureTerm['code']
export type Today = Schemas['WhatIfTodayOut']
export type Compared = Schemas['WhatIfComparedOut']
export type Outcome = Schemas['WhatIfOutcomeOut']
export type Asked = Schemas['WhatIfCompareIn']
/** A figure at each of the levels; null where it went beyond what is reckoned. */
export type Spread = (number | null)[]

export const whatif = {
  terms: (disease: string, signal?: AbortSignal) => ask<Terms>(`/what-if/terms${query({ disease })}`, { signal }),
  today: (area: string, disease: string, signal?: AbortSignal) =>
    ask<Today>(`/what-if/today${query({ area, disease })}`, { signal }),
  compare: (body: Asked) => ask<Compared>('/what-if/compare', { body }),
}
