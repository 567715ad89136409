import type { Holding, Person, Terms } from '../../api/people'
import type { Spoken } from './words'

/** How the parts of a person are written. */

export function nameOf(person: Person, w: Spoken): string {
  if (person.fields.name) return person.fields.name
  return person.kind === 'encounter' ? w.t('list.encounter') : person.id.slice(0, 8)
}

export function papersOf(person: Person, terms: Terms, w: Spoken): string[] {
  return (person.fields.documents ?? []).map((d) => {
    const country = d.country && d.country !== 'CHN' ? ` ${d.country}` : ''
    return `${termOf(terms.documents, d.kind, w)}${country} ${d.number}`
  })
}

export function bornOf(person: Person, w: Spoken): string {
  const { birth_date, sex } = person.fields
  const told = [
    birth_date && (/^\d{4}-\d\d-\d\d$/.test(birth_date) ? w.day(birth_date) : birth_date),
    sex && sex !== 'unknown' && sexOf(sex, w),
  ]
  return told.filter(Boolean).join(' · ')
}

export function sexOf(sex: string, w: Spoken): string {
  return w.t(`sex.${sex}` as 'sex.unknown') ?? sex
}

export function termOf(list: readonly { id: string; zh: string; en: string }[], id: string, w: Spoken): string {
  const found = list.find((t) => t.id === id)
  return found ? w.name(found) : id
}

export function spanOf(holding: Holding, w: Spoken): string {
  const parts = [w.t('card.since', { date: w.day(holding.since) })]
  if (holding.ends) parts.push(w.t('card.ends', { date: w.day(holding.ends) }))
  parts.push(holding.due ? w.t('card.due', { date: w.day(holding.due) }) : w.t('card.due.open'))
  return parts.join(w.lang === 'zh' ? '，' : ', ')
}
