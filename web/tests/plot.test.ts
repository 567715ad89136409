import { describe, expect, test } from 'vitest'
import type { Estimates } from '../desk/src/api/warning'
import { csvOf, highestOf, type Picture } from '../desk/src/chart/plot/picture'
import { dayAfter, daysOf, dayTicks, stretches, ticks } from '../desk/src/chart/plot/scale'
import { cutAt, quantile } from '../desk/src/rooms/area/pictures'
import { weekOf } from '../desk/src/rooms/area/readings'

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

describe('what stands beside a plot', () => {
  const levels = [0.05, 0.5, 0.95]
  test('a week without a known day has no sum', () => {
    expect(weekOf([{ day: '2020-01-20', n: 3 }], '2020-01-26')).toBe(3)
    expect(weekOf([{ day: '2020-01-20', n: 3 }], '2020-01-27')).toBeNull()
  })
  test('a level that was not reckoned has no value', () => expect(quantile(levels, [1, 2, 3], 0.25)).toBeNull())
  test('that a plot of R is cut is known', () => {
    const rt = (high: number) => ({ levels, days: [{ start: '', end: '2020-01-20', q: [0.5, 1, high] }] })
    const of = (high: number) =>
      ({ as_of: '2020-01-20', series: { onset: [{ day: '2020-01-20', n: 1 }] }, rt: rt(high) }) as unknown as Estimates
    expect(cutAt(of(5))).toBeNull()
    expect(cutAt(of(7))).toBe(6)
  })
})
