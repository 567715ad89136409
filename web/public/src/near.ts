/** How far clinics are, and which come first. Where one is stays in the browser. */

import type { Clinic } from './api'

export interface Position {
  east_deg: number
  north_deg: number
}

export interface Near {
  clinic: Clinic
  /** None where one's own or the clinic's position is not known. */
  km: number | null
}

const EARTH_KM = 6371.009
const RAD = Math.PI / 180

/** Great-circle distance in km (haversine formula). */
export function distance(a: Position, b: Position): number {
  const north = Math.sin(((b.north_deg - a.north_deg) * RAD) / 2)
  const east = Math.sin(((b.east_deg - a.east_deg) * RAD) / 2)
  const h = north * north + Math.cos(a.north_deg * RAD) * Math.cos(b.north_deg * RAD) * east * east
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Open ones first; of these the nearest, or, where that is not known, those of the own town, then of the own county. */
export function ordered(clinics: Clinic[], at: Position | null, county: string, town: string): Near[] {
  const away = (one: Clinic): number =>
    town && one.area.startsWith(town) ? 0 : county && one.area.startsWith(county) ? 1 : 2
  return clinics
    .map((clinic) => ({ clinic, km: kmTo(clinic, at) }))
    .sort(
      (a, b) =>
        Number(b.clinic.open_now) - Number(a.clinic.open_now) ||
        (a.km ?? Number.POSITIVE_INFINITY) - (b.km ?? Number.POSITIVE_INFINITY) ||
        away(a.clinic) - away(b.clinic) ||
        (a.clinic.name < b.clinic.name ? -1 : 1),
    )
}

function kmTo(clinic: Clinic, at: Position | null): number | null {
  if (!at || clinic.east_deg === null || clinic.north_deg === null) return null
  return distance(at, { east_deg: clinic.east_deg, north_deg: clinic.north_deg })
}

export type Advice = 'now' | 'clinic' | 'none'

/** What to do: call an ambulance, see a fever clinic, or nothing that this page knows of. */
export function advice(symptoms: Iterable<string>, temp_c: number | null, danger: string[], fever_c: number): Advice {
  const felt = [...symptoms]
  if (felt.some((one) => danger.includes(one))) return 'now'
  return felt.length > 0 || (temp_c !== null && temp_c >= fever_c) ? 'clinic' : 'none'
}

/** A temperature as typed; NaN where it is none that anybody has. */
export function temperature(typed: string): number | null {
  const plain = typed.trim().replace(/[，,。]/g, '.')
  if (!plain) return null
  const found = /^\d{2}(\.\d{1,2})?$/.test(plain) ? Number(plain) : Number.NaN
  return found >= 30 && found <= 45 ? found : Number.NaN
}
