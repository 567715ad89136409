import { useResource } from '../api/resource'
import { useWords } from '../i18n'
import { place, placeKnown } from './place'

/** Divisions down to the town have names here; what lies below is told by its town and the rest of its code. */
const TOWN_DIGITS = 9

/** The nearest division that has a name. */
export function townOf(code: string): string {
  return /^\d{10,}$/.test(code) ? code.slice(0, TOWN_DIGITS) : code
}

/** The name of an area; its code until the name is there, or where there is none. */
export function AreaName({ code }: { code: string }) {
  const town = townOf(code)
  const name = useAreaName(town)
  return (
    <>
      {name}
      {town !== code && <span className="muted"> {code.slice(TOWN_DIGITS)}</span>}
    </>
  )
}

/** The name of a division that has one; its code until the name is there. */
export function useAreaName(code: string): string {
  const w = useWords()
  const known = placeKnown(code)
  const found = useResource(code && !known ? `name|${code}` : null, () => place(code))
  const its = known ?? found.data
  return its ? w.name(its) : code
}
