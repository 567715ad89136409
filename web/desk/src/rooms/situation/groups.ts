import type { Figure, Indicator } from '../../api/situation'
import { percent, perPopulation } from './numbers'
import type { Spoken } from './words'

/** The groups of figures in the order of the page. Those without a register yet are named, not left out. */
export const GROUPS = [
  'cases',
  'contacts',
  'isolation',
  'screening',
  'checkpoints',
  'tasks',
  'warning',
  'care',
  'supplies',
] as const
type Group = (typeof GROUPS)[number]

export function groupName(group: string, w: Spoken): string {
  return GROUPS.includes(group as Group) ? w.t(`si.group.${group as Group}`) : group
}

const UNITS = [
  'case',
  'person',
  'person_time',
  'household',
  'place',
  'order',
  'post',
  'task',
  'signal',
  'item',
] as const
type Unit = (typeof UNITS)[number]

/** The unit of a number in words; nothing where the page has no word for it. */
export function unitOf(unit: string, w: Spoken): string {
  return UNITS.includes(unit as Unit) ? w.t(`si.unit.${unit as Unit}`) : ''
}

/** A figure in words: its number, or why there is none. Zero is a number. */
export function written(of: Figure | undefined, indicator: Pick<Indicator, 'of'>, w: Spoken): string {
  if (!of || of.state === 'not_recorded') return w.t('si.not_recorded')
  if (of.state === 'hidden' || of.n === null) return w.t('si.hidden')
  const share = indicator.of !== null && of.of !== null ? percent(of.n, of.of) : null
  return share === null ? w.n(of.n) : `${w.n(share)}%`
}

/** The number that shades the map and orders the table: the count, or what it is of 100,000 people. */
export function measured(
  n: number | null | undefined,
  population: number | null,
  per: 'count' | '100k',
): number | null {
  return per === '100k' ? perPopulation(n, population) : (n ?? null)
}
