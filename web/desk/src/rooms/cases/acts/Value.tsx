import type { Edition } from '../../../api/cases'
import { AreaName } from '../../../forms/AreaName'
import { daysOf, shortStamp } from '../cells'
import { HospitalName } from '../Hospital'
import { useTerms } from '../terms'
import { type Spoken, useSpoken } from '../words'
import { type Field, fieldOf } from './fields'

interface Days {
  earliest: string
  latest: string
}

/** A field of a fact in words. */
export function Value({ field, value, edition }: { field: Field | undefined; value: unknown; edition?: Edition }) {
  const w = useSpoken()
  const { term } = useTerms()
  if (value === null || value === undefined) return <span className="null">{w.t('not_known')}</span>
  switch (field?.kind) {
    case 'area':
      return <AreaName code={String(value)} />
    case 'days':
      return <>{daysOf((value as Days).earliest, (value as Days).latest, w)}</>
    case 'time':
      return <>{shortStamp(String(value), w)}</>
    case 'flag':
      return <>{w.t(value ? 'yes' : 'no')}</>
    case 'hospital':
      return <HospitalName code={String(value)} />
    case 'number':
      return <>{w.n(Number(value))}</>
    case 'term':
    case 'class':
      return <>{term(field.group ?? '', String(value))}</>
    case 'terms':
      return (
        <>
          {listed(
            (value as string[]).map((code) => term(field.group ?? '', code)),
            w,
          )}
        </>
      )
    case 'edition':
      return <>{edition ? w.name(edition) : String(value)}</>
    case 'items': {
      const items = field.group === 'history' ? edition?.history : edition?.clinical
      const title = (code: string) => {
        const its = items?.find((i) => i.code === code)
        return its ? w.name(its) : code
      }
      return <>{listed((value as string[]).map(title), w)}</>
    }
    default:
      return <>{plain(value)}</>
  }
}

export function listed(words: string[], w: Spoken): string {
  return words.length ? words.join(w.lang === 'zh' ? '、' : ', ') : w.t('none')
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What a fact says, field by field. */
export function Told({ kind, data, edition }: { kind: string; data: Record<string, unknown>; edition?: Edition }) {
  const w = useSpoken()
  const { about, ...rest } = data
  const all = Object.entries({ ...rest, ...((about as Record<string, unknown>) ?? {}) }).filter(
    ([name]) => !UNTOLD.includes(name),
  )
  if (!all.length) return null
  return (
    <dl className="told-fields">
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{w.t(`field.${name}` as 'field.onset') ?? name}</dt>
          <dd>
            <Value field={fieldOf(kind, name)} value={value} edition={edition} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Pseudonyms and imports tell a reader nothing; stays have a part of the card. */
const UNTOLD = ['person', 'batch', 'stays', 'sample']
