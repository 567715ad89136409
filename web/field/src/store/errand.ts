import { newId } from '../../../desk/src/api/people'
import type { Bundle, Term } from './bundle'
import { type Fact, made } from './facts'
import type { Known } from './form'
import { save } from './outbox'
import type { Phone } from './phone'

/** The role whose phones carry orders and nothing else. */
export const CARRIES = 'volunteer'

export const PICKED_UP: Known = { kind: 'errand.picked_up', version: 1, fields: [] }
export const DELIVERED: Known = { kind: 'errand.delivered', version: 1, fields: ['at_door'] }
export const FAILED: Known = { kind: 'errand.failed', version: 1, fields: ['reason', 'again'] }

/** An order that nobody has: nothing tells whose it is. */
export interface OpenErrand {
  id: string
  area: string
  category: string
  rank: number
  goods: boolean
  due: string
}

export type Stage = 'accepted' | 'picked_up' | 'delivered' | 'failed'

/** One that is carried: what to bring, where to, and how to reach the door. Never why. */
export interface CarriedErrand extends OpenErrand {
  stage: Stage
  contactless: boolean
  words: string
  name: string | null
  phones: string[]
  address: string | null
}

export interface Errands {
  open: OpenErrand[]
  carried: CarriedErrand[]
  categories: Term[]
  failures: (Term & { again: boolean })[]
}

/** How far an order is, with what this phone has recorded of it and the server may not know yet. */
export function stageOf(errand: CarriedErrand, facts: Fact[]): Stage {
  const of = (known: Known) => facts.some((fact) => fact.kind === known.kind && fact.subject === errand.id)
  if (of(DELIVERED)) return 'delivered'
  if (of(FAILED)) return 'failed'
  return errand.stage === 'accepted' && of(PICKED_UP) ? 'picked_up' : errand.stage
}

/** What can be recorded of an order where it is. */
export function stepsOf(errand: CarriedErrand, stage: Stage): ('picked_up' | 'delivered' | 'failed')[] {
  if (stage === 'accepted' && errand.goods) return ['picked_up', 'failed']
  return stage === 'accepted' || stage === 'picked_up' ? ['delivered', 'failed'] : []
}

/** What one calls an order: where it goes to, or what kind it is. */
export function titleOf(errand: CarriedErrand, bundle: Bundle, name: (of: Term) => string): string {
  const its = bundle.errands?.categories.find((one) => one.code === errand.category)
  return [its ? name(its) : errand.category, errand.address].filter(Boolean).join(' · ')
}

/** Records a step of an order that is carried; without a network it waits on the phone. Throws Full. */
export async function saveStep(
  phone: Phone,
  errand: CarriedErrand,
  step: { known: Known; data: Record<string, unknown> },
  label: string,
): Promise<void> {
  const { kind, version } = step.known
  const fact = await made(phone, {
    id: newId(),
    kind,
    version,
    subject: errand.id,
    area: errand.area,
    data: step.data,
  })
  await save(phone, [{ fact, label }])
}
