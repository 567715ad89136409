import { expect, test } from 'vitest'
import type { Columns, Disease } from '../desk/src/api/cases'
import { bodyOf, valuesOf } from '../desk/src/rooms/cases/acts/body'
import { ABOUT, ACTS } from '../desk/src/rooms/cases/acts/fields'
import { askedOf } from '../desk/src/rooms/cases/filter'
import { inForce } from '../desk/src/rooms/cases/terms'

const column = (kind: Columns[string]['kind'], sorts = false) => ({ kind, zh: '', en: '', sorts, terms: {} })
const columns: Columns = {
  to: column('text'),
  onset_earliest: column('day', true),
  age_years: column('number'),
  severity: column('text', true),
}

test('the address narrows the list: values, ranges open at one end, known or not', () => {
  const asked = askedOf(
    { to: 'suspected,confirmed', onset_earliest: '2020-01-20~', age_years: '~60', severity: 'unknown', area: '530102' },
    columns,
    'KM',
  )
  expect(asked.where).toEqual({
    to: { any_of: ['suspected', 'confirmed'] },
    onset_earliest: { least: '2020-01-20' },
    age_years: { most: '60' },
    severity: { known: false },
  })
  expect([asked.area, asked.text, asked.sort, asked.descending]).toEqual(['530102', 'KM', 'reported_at', true])
})

test('what is no column narrows nothing, and nothing is sorted by what cannot be', () => {
  const asked = askedOf({ nonsense: 'x', sort: 'to', order: 'up', columns: 'to,nonsense' }, columns, '')
  expect(asked.where).toEqual({})
  expect([asked.sort, asked.descending]).toEqual(['reported_at', false])
  expect(asked.columns).toEqual(['to'])
})

test('only what was changed is told of a case, in its own part', () => {
  const before = { onset: { earliest: '2020-01-20', latest: '2020-01-20' }, sex: 'male', symptoms: ['fever'] }
  const after = { ...before, sex: 'female', onset: { earliest: '2020.1.20', latest: '' }, unit: '', age_years: 0 }
  expect(bodyOf(ABOUT, after, before)).toEqual({ about: { sex: 'female', age_years: 0 } })
})

test('a range of onset is sent as a range', () => {
  const told = bodyOf(ABOUT, { onset: { earliest: '2020-01-05', latest: '2020-01-09' } })
  expect(told).toEqual({ about: { onset: { earliest: '2020-01-05', latest: '2020-01-09' } } })
})

test('a test of no sample on record says so; a decision leaves it out', () => {
  const fields = (name: string) => ACTS.find((a) => a.name === name)?.fields ?? []
  expect(bodyOf(fields('test'), { sample: 'none', test: 'pcr', result: 'negative', ct: null })).toEqual({
    sample: null,
    test: 'pcr',
    result: 'negative',
  })
  expect(bodyOf(fields('classify'), { to: 'excluded', basis: 'expert', sample: 'none' })).toEqual({
    to: 'excluded',
    basis: 'expert',
  })
})

test('a fact fills its form again', () => {
  expect(valuesOf({ contacts: 3, about: { sex: 'male' } })).toEqual({ contacts: 3, sex: 'male' })
})

test('the narrowest edition in force wins, and a national one over one of the WHO', () => {
  const edition = (code: string, begins: string, ends: string | null, area = '', authority = 'national') =>
    ({ code, begins, ends, area, authority }) as Disease['editions'][number]
  const disease = {
    editions: [
      edition('who', '2020-01-01', null, '', 'who'),
      edition('d5', '2020-02-04', '2020-02-18'),
      edition('d5-hubei', '2020-02-04', '2020-02-18', '420000'),
    ],
  } as Disease
  expect(inForce(disease, '2020-02-10', '420100')?.code).toBe('d5-hubei')
  expect(inForce(disease, '2020-02-10', '410100')?.code).toBe('d5')
  expect(inForce(disease, '2020-03-01', '420100')?.code).toBe('who')
  expect(inForce(disease, '2019-12-31', '420100')).toBeUndefined()
})
