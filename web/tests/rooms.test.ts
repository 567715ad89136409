import { describe, expect, test } from 'vitest'
import { newId } from '../desk/src/api/once'
import { checkDigitHolds } from '../desk/src/forms/check'
import { isDay, plainDay } from '../desk/src/forms/DayField'
import { pathOf, routeOf } from '../desk/src/route'

describe('the check digit of a resident identity number', () => {
  test.each([
    '11010519491231002X',
    '11010519491231002x',
    '110105 19491231 002X',
    '１１０１０５１９４９１２３１００２Ｘ',
  ])('%s holds', (number) => expect(checkDigitHolds(number)).toBe(true))
  test.each(['110105194912310021', '11010519491231002', 'X1010519491231002X', ''])('%s does not', (number) =>
    expect(checkDigitHolds(number)).toBe(false),
  )
  test('a digit that is mistyped, or two that change places, are found', () => {
    const good = '11010519491231002X'
    for (let at = 0; at < 17; at += 1) {
      const other = String((Number(good[at]) + 1) % 10)
      expect(checkDigitHolds(good.slice(0, at) + other + good.slice(at + 1))).toBe(false)
    }
  })
})

describe('a day as it is typed', () => {
  test.each([
    ['19800131', '1980-01-31'],
    ['1980.1.31', '1980-01-31'],
    ['1980年1月31日', '1980-01-31'],
    ['1980/01/31', '1980-01-31'],
    ['yesterday', 'yesterday'],
  ])('%s is %s', (typed, plain) => expect(plainDay(typed)).toBe(plain))
  test('29 February exists in leap years alone', () => {
    expect(isDay('2020-02-29')).toBe(true)
    expect(isDay('2021-02-29')).toBe(false)
    expect(isDay('2020-13-01')).toBe(false)
  })
})

describe('rooms in the address', () => {
  const id = '0190a5b0-1111-7222-8333-444455556666'
  test.each([
    ['', 'home'],
    ['#today', 'today'],
    ['#figures', 'figures'],
    ['#people', 'people'],
    ['#people/find', 'find'],
    [`#people/${id}`, 'person'],
    [`#people/${id}/looks`, 'person-looks'],
    ['#people/somebody', 'home'],
    ['#nowhere', 'home'],
    ['#mine', 'mine'],
  ])('%s is %s', (hash, room) => expect(routeOf(hash).room).toBe(room))
  test('a link keeps its secret out of the path', () => {
    const route = routeOf('#welcome=a-secret')
    expect(route).toEqual({ room: 'welcome', secret: 'a-secret' })
    expect(pathOf(route)).toBe('#welcome')
  })
  test('there and back', () => expect(routeOf(pathOf({ room: 'person', id }))).toEqual({ room: 'person', id }))
})

test('ids sort by their time and have the form of version 7', () => {
  const [first, second] = [newId(1_580_000_000_000), newId(1_580_000_000_001)]
  expect(first < second).toBe(true)
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
