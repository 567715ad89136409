import type { Clocks, Estimates } from '../../api/warning'
import { civilDay } from '../../moments'
import type { Words } from './words'

export const DISEASE = 'ncov-2020'

/** Whose numbers, as of when, by what was known: on each saved picture and in each saved line. */
export interface About {
  line: string
  columns: Record<string, string>
  file: string
}

type Dated = Pick<Estimates, 'area' | 'as_of' | 'known_at' | 'seq'>

/** The last day that is told: of a moment the day that it falls on, of midnight the one before. */
function dayOf(asOf: string): string {
  return asOf.includes('T') ? civilDay(Date.parse(asOf) - 1) : asOf
}

export function aboutOf(of: Dated, name: string, clocks: Clocks, w: Words): About {
  const known = clocks.known_at ? w.stamp(clocks.known_at) : w.t('area.known.now')
  return {
    line: w.t('area.about', { area: name, day: w.day(dayOf(of.as_of)), known, seq: w.n(of.seq) }),
    columns: { area: of.area, as_of: of.as_of, known_at: of.known_at ?? '', seq: String(of.seq) },
    file: `${of.area}-${dayOf(of.as_of)}`,
  }
}
