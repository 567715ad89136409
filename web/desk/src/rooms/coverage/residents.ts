import type { HouseholdCard, Resident } from '../../api/screening'

/** Somebody was found unwell and nothing was arranged. */
export function waiting(one: Pick<Resident, 'unwell_at' | 'disposition'>): boolean {
  return one.unwell_at !== null && !one.disposition
}

/** Whoever waits for something to be arranged first, then who was unwell, then all others in their order. */
export function inOrder<T extends Pick<Resident, 'unwell_at' | 'disposition'>>(residents: readonly T[]): T[] {
  const rank = (one: T) => (waiting(one) ? 0 : one.unwell_at ? 1 : 2)
  return [...residents].sort((a, b) => rank(a) - rank(b))
}

/** A door as its sign has it; where there is none, the end of the household's id. */
export function doorOf(one: Pick<HouseholdCard, 'building' | 'unit' | 'door' | 'id'>): string {
  return [one.building, one.unit, one.door].filter(Boolean).join(' ') || one.id.slice(-6)
}
