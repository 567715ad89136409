import { describe, expect, test } from 'vitest'
import type { Estimates } from '../desk/src/api/warning'
import { csvOf, highestOf, type Picture } from '../desk/src/chart/plot/picture'
import { dayAfter, daysOf, dayTicks, stretches, ticks } from '../desk/src/chart/plot/scale'
import { speaking } from '../desk/src/i18n'
import { en as pageEn } from '../desk/src/i18n/en'
import { quantile } from '../desk/src/rooms/area/pictures'
import { readNowcast, readRatio, sure, weekOf } from '../desk/src/rooms/area/readings'
import { en } from '../desk/src/rooms/area/words.en'

const w = speaking('en', { ...pageEn, ...en })

describe('days and values of a plot', () => {
  test('a leap day is a day', () => {
    expect(dayAfter('2020-02-28', 1)).toBe('2020-02-29')
    expect(daysOf('2020-02-28', '2020-03-01')).toEqual(['2020-02-28', '2020-02-29', '2020-03-01'])
    expect(daysOf('2020-02-02', '2020-02-01')).toEqual([])
  })
  test('the last day is always written, and no more than there is room for', () => {
    expect(dayTicks(60, 6)).toEqual([3, 17, 31, 45, 59])
    for (const length of [1, 2, 9, 90, 400]) {
      const found = dayTicks(length, 6)
      expect(found.at(-1)).toBe(length - 1)
      expect(found.length).toBeLessThanOrEqual(6)
    }
  })
  test('counts have whole marks, ratios need not', () => {
    expect(ticks(3)).toEqual([0, 1, 2, 3])
    expect(ticks(0.7, false, true)).toEqual([0, 0.2, 0.4, 0.6])
    expect(ticks(0)).toEqual([0])
  })
  test('what is not known is not joined', () => {
    expect(stretches([1, null, 2, 3], (one) => one !== null)).toEqual([[1], [2, 3]])
  })
})

describe('the numbers of a plot as a file', () => {
  const columns = [{ key: 'cases', title: 'Cases', of: (day: string) => ({ '2020-01-02': 0 })[day] ?? null }]
  test('what is not known is empty, nought is 0', () => {
    expect(csvOf(['2020-01-01', '2020-01-02'], columns, { area: 'a,"b' })).toBe(
      'area,day,cases\r\n"a,""b",2020-01-01,\r\n"a,""b",2020-01-02,0\r\n',
    )
  })
  test('a wild bound is cut off', () => {
    const spans = [{ day: '2020-01-01', low: 0, high: 900 }]
    const of: Picture = {
      from: '',
      to: '',
      layers: [{ as: 'band', name: '', colour: '', spans }],
      most: 6,
      parts: true,
    }
    expect(highestOf(of)).toBe(6)
  })
})

describe('figures in plain words', () => {
  const levels = [0.05, 0.5, 0.95]
  const rt = (mean: number, below_one: number) =>
    ({ rt: { refused: null, days: [{ start: '', end: '', mean, below_one, q: [] }] } }) as unknown as Estimates
  test.each([
    [0.9, 0.8, 'R is 0.9, 80 % sure that it is below 1: cases are becoming fewer.'],
    [2.31, 0.001, 'R is 2.3, at least 99 % sure that it is above 1: cases are becoming more.'],
    [1.0, 0.5, 'R is 1: it cannot be said whether it is above or below 1.'],
  ])('R of %s, below one with %s', (mean, below, said) => expect(readRatio(rt(mean, below), w)).toBe(said))
  test('nothing is told as certain', () => {
    expect(sure(1, w)).toBe('at least 99 %')
    expect(sure(0.989, w)).toBe('98 %')
  })
  test('the reason is told where nothing was reckoned', () => {
    const of = { rt: { refused: { zh: '例数太少', en: 'too few cases' }, days: [] } } as unknown as Estimates
    expect(readRatio(of, w)).toBe('Reproduction number R: not reckoned, as too few cases')
  })
  test('the latest day that is thought to be short of reports is named', () => {
    const days = [
      { day: '2020-01-28', reported: 10, q: [10, 10, 10] },
      { day: '2020-01-29', reported: 4, q: [5, 8, 13] },
    ]
    expect(readNowcast({ nowcast: { refused: null, levels, days } } as unknown as Estimates, w)).toBe(
      'Cases of 29 January 2020 are not all reported yet: 4 are known; with those still to come about 8 (90 % sure: 5 to 13).',
    )
  })
  test('a week without a known day has no sum', () => {
    expect(weekOf([{ day: '2020-01-20', n: 3 }], '2020-01-26')).toBe(3)
    expect(weekOf([{ day: '2020-01-20', n: 3 }], '2020-01-27')).toBeNull()
  })
  test('a level that was not reckoned has no value', () => expect(quantile(levels, [1, 2, 3], 0.25)).toBeNull())
})
