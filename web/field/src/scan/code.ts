import type { Bundle } from '../store/bundle'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a scanned text leads to. */
export type Led =
  | { to: 'household'; id: string }
  /** A household of another area, or one that is not on the list. */
  | { to: 'foreign'; area: string }
  | { to: 'unknown' }
  | { to: 'nothing' }

/** A door's code is an address whose fragment names the household and its division: `…#household=ID&area=CODE`. */
export function led(text: string, bundle: Bundle): Led {
  const fragment = new URLSearchParams(text.slice(text.indexOf('#') + 1))
  const id = fragment.get('household')?.toLowerCase() ?? ''
  if (!UUID.test(id)) return { to: 'nothing' }
  if (bundle.households.some((one) => one.id === id)) return { to: 'household', id }
  const area = fragment.get('area') ?? ''
  const own = bundle.grids.some((grid) => grid.area === area)
  return area && !own ? { to: 'foreign', area } : { to: 'unknown' }
}
