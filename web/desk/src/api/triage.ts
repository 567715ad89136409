import { ask, query } from './client'
import type { Schemas } from './types'

/** Triage at fever clinics. Who came is in the vault alone: a visit is a number here. */

export type TriageBoard = Schemas['TriageOut']
export type TriageClinic = Schemas['TriageClinicOut']
export type Visit = Schemas['TriageVisitOut']
export type TriageTerms = Schemas['TriageTermsOut']
export type TriageIn = Schemas['TriageIn']
export type TriageMade = Schemas['TriageMadeOut']
export type CareMade = Schemas['CareMadeOut']
export type Word = Schemas['CareWordOut']

/** Changes with the software alone: asked for once. */
let known: Promise<TriageTerms> | null = null

const visit = (id: string) => `/triage/${encodeURIComponent(id)}`

export const triage = {
  terms: (_signal?: AbortSignal) => {
    known ??= ask<TriageTerms>('/triage/terms').catch((error) => {
      known = null
      throw error
    })
    return known
  },
  board: (asked: { area?: string; clinic?: string }, signal?: AbortSignal) =>
    ask<TriageBoard>(`/triage${query(asked)}`, { signal }),
  arrive: (body: Partial<TriageIn>) => ask<TriageMade>('/triage', { body }),
  act: (id: string, act: 'seen' | 'consult' | 'end', body: Record<string, unknown>) =>
    ask<CareMade>(`${visit(id)}/${act}`, { body }),
  takeBack: (id: string, fact: string) => ask<CareMade>(`${visit(id)}/retract`, { body: { fact, why: 'mistaken' } }),
}
