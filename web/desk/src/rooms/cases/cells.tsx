import type { CaseRow, Column } from '../../api/cases'
import { AreaName } from '../../forms/AreaName'
import { pathOf } from '../../route'
import { useTerms } from './terms'
import { type Spoken, useSpoken } from './words'

/** A column's title, with a capital in English. */
export function headOf(column: Column | undefined, w: Spoken): string {
  const title = column ? w.name(column) : ''
  return title.charAt(0).toUpperCase() + title.slice(1)
}

/** A cell of the line list. What is not known is said to be so: it is not nothing. */
export function CellOf({ row, name }: { row: CaseRow; name: string }) {
  const w = useSpoken()
  const { columns, term } = useTerms()
  const column = columns[name] as Column
  const value = row[name as keyof CaseRow] as string | number | boolean | null | undefined
  if (name === 'number') return <CaseLink id={row.subject as string} number={row.number} />
  if (name === 'onset_earliest') return <>{daysOf(row.onset_earliest, row.onset_latest, w) ?? <Unknown />}</>
  if (name === 'outcome' && !value) return <span className="null">{w.t('none_yet')}</span>
  if (value === null || value === undefined || value === '') return <Unknown />
  if (Object.keys(column.terms).length) {
    const its = column.terms[String(value)]
    const text = its ? w.name(its) : String(value)
    return name === 'to' ? <span className={`tag class-${value}`}>{text}</span> : text
  }
  switch (column.kind) {
    case 'area':
      return <AreaName code={String(value)} />
    case 'day':
      return <>{w.day(String(value))}</>
    case 'time':
      return <>{shortStamp(String(value), w)}</>
    case 'number':
      return <>{w.n(Number(value))}</>
    case 'yes_no':
      return <>{w.t(value ? 'yes' : 'no')}</>
    case 'id':
      return <span className="mono">{String(value).slice(0, 8)}</span>
    default:
      return <>{name === 'disease' ? term('disease', String(value)) : String(value)}</>
  }
}

export function CaseLink({ id, number }: { id: string; number: string | null | undefined }) {
  const w = useSpoken()
  const text = number ?? id.slice(0, 8)
  return (
    <a href={pathOf({ room: 'case', id })} aria-label={w.t('list.open', { number: text })}>
      {text}
    </a>
  )
}

export function Unknown() {
  const w = useSpoken()
  return <span className="null">{w.t('not_known')}</span>
}

/** A day, or the days between which it lies. */
export function daysOf(first: string | null | undefined, last: string | null | undefined, w: Spoken): string | null {
  if (!first) return null
  if (!last || first === last) return w.day(first)
  return w.t('days.between', { from: w.day(first), to: w.day(last) })
}

/** A moment to the minute in the viewer's zone. */
export function shortStamp(iso: string, w: Spoken): string {
  return w.stamp(iso)
}
