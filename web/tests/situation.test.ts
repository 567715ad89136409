import { describe, expect, test } from 'vitest'
import {
  bandOf,
  bandsOf,
  changeOf,
  percent,
  perPopulation,
  shadeAt,
  sparkBars,
} from '../desk/src/rooms/situation/numbers'
import { addressOf, byOf, dayChosen, readingOf, spanOf, viewOf } from '../desk/src/rooms/situation/view'

describe('a number', () => {
  test.each([
    [13, 8_460_000, 0.2],
    [0, 1_000, 0],
    [5, null, null],
    [null, 1_000, null],
    [5, 0, null],
  ])('%j of a population of %j is %j of 100,000', (n, population, rate) =>
    expect(perPopulation(n, population)).toBe(rate),
  )
  test.each([
    [5, 3, 'lower', { by: 2, better: false }],
    [3, 5, 'lower', { by: -2, better: true }],
    [5, 3, 'higher', { by: 2, better: true }],
    [5, 3, 'none', { by: 2, better: null }],
    [0, 0, 'lower', { by: 0, better: null }],
    [0, null, 'lower', null],
    [null, 2, 'lower', null],
  ] as const)('%j after %j, where %s is better', (n, before, better, change) =>
    expect(changeOf({ n, before }, better)).toEqual(change),
  )
  test.each([
    [1, 3_000, 1],
    [2_999, 3_000, 99],
    [0, 10, 0],
    [10, 10, 100],
    [0, 0, null],
  ])('%d of %d is %j percent', (n, of, share) => expect(percent(n, of)).toBe(share))
})

describe('a map is shaded', () => {
  test.each([
    [[0, 3, null], true, [1, 2, 3]],
    [[0, 38], true, [1, 2, 5, 10, 20]],
    [[1_204], true, [1, 100, 200, 500, 1_000]],
    [[0.4, 3.2], false, [0, 0.2, 0.5, 1, 2]],
    [[0, null], true, []],
  ])('for %j, as counts %j, from %j', (values, whole, bands) => expect(bandsOf(values, whole)).toEqual(bands))
  test.each([
    [null, -1],
    [0, 0],
    [0.05, 1],
    [1, 2],
    [7, 3],
  ])('%j is of the class %d', (value, band) => expect(bandOf(value, [0, 1, 5])).toBe(band))
  test('with shades that stand far apart where there are few', () => {
    expect([1, 2].map((band) => shadeAt(band, 2))).toEqual([1, 5])
    expect([1, 2, 3, 4, 5].map((band) => shadeAt(band, 5))).toEqual([1, 2, 3, 4, 5])
    expect(shadeAt(1, 1)).toBe(3)
  })
})

test('small bars stand on one scale, and what is not known has none', () => {
  const bars = sparkBars([null, 0, 2, 4], 40, 20, 4)
  expect(bars.map((bar) => [Math.floor(bar.x), bar.height])).toEqual([
    [21, 10],
    [31, 20],
  ])
})

describe('an address', () => {
  const home = '530100'
  test('is the view', () => {
    const filter = { area: '530000', day: '2020-02-10', known: '2020-02-12T08:00', per: '100k', part: '530100' }
    expect(viewOf(filter, home)).toEqual({
      area: '530000',
      day: '2020-02-10',
      known: '2020-02-12T08:00+08:00',
      measure: 'confirmed_cum',
      per: '100k',
      by: null,
      part: '530100',
      figure: null,
    })
  })
  test('that makes no sense is the view of now', () => {
    const view = viewOf({ day: 'yesterday', known: 'x', per: 'mile', by: 'moon', part: home }, home)
    expect(view).toMatchObject({ area: home, day: null, known: null, per: 'count', by: null, part: null })
  })
  test('leaves out what stands there by itself', () =>
    expect(addressOf({ measure: 'confirmed_cum', per: 'count' })).toEqual({ measure: null, per: null }))
})

describe('a day', () => {
  const today = '2020-02-12'
  test('that is chosen is read as it is known now, or as it was known at its end', () => {
    expect(dayChosen('2020-02-10', today, 'now')).toEqual({ day: '2020-02-10', known: null })
    expect(dayChosen(today, today, 'now')).toEqual({ day: null, known: null })
    const then = dayChosen('2020-02-10', today, 'then')
    expect(then).toEqual({ day: '2020-02-10', known: '2020-02-11T00:00:00+08:00' })
    expect(readingOf(then, today)).toBe('then')
    expect(readingOf({ day: '2020-02-10', known: '2020-02-12T08:00:00+08:00' }, today)).toBe('other')
    expect(readingOf({ day: null, known: null }, today)).toBe('now')
  })
  test('may be chosen from the day before the first case on, two weeks at the least', () => {
    const early = spanOf(
      [
        { day: '2020-01-10', n: 0 },
        { day: '2020-01-20', n: 1 },
      ],
      today,
    )
    expect([early[0], early.at(-1)]).toEqual(['2020-01-19', today])
    expect(spanOf([], today)).toHaveLength(15)
  })
})

test.each([
  [{ key: 'confirmed_cum', series: true, group: 'cases' }, null, 'confirmation'],
  [{ key: 'onset_new', series: true, group: 'cases' }, null, 'onset'],
  [{ key: 'contacts_observing', series: true, group: 'contacts' }, null, 'measure'],
  [{ key: 'tasks_late', series: false, group: 'tasks' }, 'measure', 'confirmation'],
  [{ key: 'contacts_observing', series: true, group: 'contacts' }, 'report', 'report'],
] as const)('of %j, asked %j, the curve is by %s', (measure, by, drawn) => expect(byOf({ by }, measure)).toBe(drawn))
