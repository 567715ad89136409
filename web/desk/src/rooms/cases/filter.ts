import type { Asked, Column, Columns, Condition } from '../../api/cases'

/** The line list's narrowing as it stands in the address: a column's code, and behind it what it must be. */
export type Filter = Record<string, string>

export const USUAL = ['number', 'area', 'to', 'severity', 'source', 'onset_earliest', 'reported_at', 'outcome']
/** Fields that are always offered; any other is added by choosing it. */
export const OFFERED = ['to', 'severity', 'source', 'outcome', 'disease', 'onset_earliest', 'reported_at']
const SETTINGS = new Set(['area', 'sort', 'order', 'columns', 'only', 'show'])
const DAY = /^\d{4}-\d\d-\d\d$/

/** The columns that the address narrows by. */
export function narrowed(filter: Filter, columns: Columns): string[] {
  return Object.keys(filter).filter((name) => !SETTINGS.has(name) && name in columns)
}

export function shownColumns(filter: Filter, columns: Columns): string[] {
  const chosen = (filter.columns ?? '').split(',').filter((name) => name in columns)
  return chosen.length ? chosen : USUAL
}

export function askedOf(filter: Filter, columns: Columns, text: string): Asked {
  const where = narrowed(filter, columns).map((name) => [
    name,
    conditionOf(filter[name] as string, columns[name] as Column),
  ])
  return {
    area: filter.area ?? '',
    text,
    where: Object.fromEntries(where),
    twice: filter.only === 'twice',
    waiting: filter.only === 'waiting',
    sort: filter.sort && columns[filter.sort]?.sorts ? filter.sort : 'reported_at',
    descending: filter.order !== 'up',
    columns: shownColumns(filter, columns),
  }
}

/** `known`, `unknown`, a range `from~to` with one end or both, or values with commas between them. */
function conditionOf(written: string, { kind }: Column): Condition {
  if (written === 'known' || written === 'unknown') return { known: written === 'known' }
  if (!written.includes('~')) return { any_of: written.split(',') }
  const [least, most] = written.split('~')
  const bound = (value: string | undefined, end: boolean) =>
    value ? { [end ? 'most' : 'least']: kind === 'time' ? momentOf(value, end) : value } : {}
  return { ...bound(least, false), ...bound(most, true) }
}

/** The first or last moment of a day in the viewer's zone; a moment as it is. */
function momentOf(value: string, end: boolean): string {
  return DAY.test(value) ? new Date(`${value}T${end ? '23:59:59.999' : '00:00:00'}+08:00`).toISOString() : value
}
