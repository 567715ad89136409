import { uuid5 } from '../../../desk/src/api/facts'
import { newId } from '../../../desk/src/api/people'
import { type Bundle, type Grid, type Household, keepBundle, labelOf } from './bundle'
import { made } from './facts'
import { save } from './outbox'
import type { Phone } from './phone'

/** The name space of the ids of grids and households, as the server has it. */
const NAMES = '6f0b7a52-0a0e-5d0a-9d55-6a3f1c5a2e10'

export interface Door {
  building: string
  unit: string
  door: string
  expected: number | null
}

/** The id of a household: two workers who find the same door give it the same. */
export function householdId(area: string, { building, unit, door }: Door): Promise<string> {
  return uuid5(NAMES, `household|${area}|${building}|${unit}|${door}`)
}

/** Puts a household on the list that was found at its door. Null where it is there already. Throws Full. */
export async function addHousehold(phone: Phone, bundle: Bundle, grid: Grid, at: Door): Promise<Bundle | null> {
  const door = { ...at, building: at.building.trim(), unit: at.unit.trim(), door: at.door.trim() }
  const id = await householdId(grid.area, door)
  if (bundle.households.some((one) => one.id === id || (one.grid === grid.id && labelOf(one) === labelOf(door))))
    return null
  const of: Household = {
    ...door,
    id,
    area: grid.area,
    grid: grid.id,
    site: grid.site,
    members: [],
    seen: {},
    disputed: false,
  }
  const data = {
    community: grid.area,
    grid: grid.id,
    building: door.building || null,
    unit: door.unit || null,
    door: door.door,
    expected: door.expected,
  }
  const fact = await made(phone, {
    id: newId(),
    kind: 'household.registered',
    version: 1,
    subject: id,
    area: grid.area,
    data,
  })
  const next = { ...bundle, households: [...bundle.households, of] }
  await save(phone, [{ fact, label: labelOf(of) }])
  await keepBundle(phone, next)
  return next
}
