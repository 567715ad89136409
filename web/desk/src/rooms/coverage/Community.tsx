import { AreaName } from '../../forms/AreaName'

/** Divisions down to the town have names here; what lies below is told by its town and the rest of its code. */
const TOWN_DIGITS = 9

export function Community({ code }: { code: string }) {
  const town = townOf(code)
  return (
    <>
      <AreaName code={town} />
      {town !== code && <span className="muted"> {code.slice(TOWN_DIGITS)}</span>}
    </>
  )
}

/** The nearest division that has a name. */
export function townOf(code: string): string {
  return /^\d{10,}$/.test(code) ? code.slice(0, TOWN_DIGITS) : code
}
