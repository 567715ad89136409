import { describe, expect, test } from 'vitest'
import { uuid5 } from '../desk/src/api/facts'
import { percentOf, shareClass } from '../desk/src/map/share'
import { doorOf, inOrder, waiting } from '../desk/src/rooms/coverage/residents'
import { positionOf, stateOf } from '../desk/src/rooms/gates/state'

describe('a share of households', () => {
  test.each([
    [0, 0, 0],
    [0.0004, 1, 1],
    [0.2499, 24, 1],
    [0.25, 25, 2],
    [0.29, 29, 2],
    [0.5, 50, 3],
    [0.9999, 99, 4],
    [1, 100, 5],
  ])('%d is %d percent, of class %d', (share, percent, of) => {
    expect(percentOf(share)).toBe(percent)
    expect(shareClass(percent)).toBe(of)
  })
})

describe('a post', () => {
  const post = { closed: null, kind_of: 'point', unstaffed: false, on_duty: 0 } as const
  test.each([
    [{ ...post, on_duty: 2 }, 'staffed'],
    [{ ...post, unstaffed: true }, 'unstaffed'],
    [post, 'off'],
    [{ ...post, closed: '2020-01-29T11:00:00Z', unstaffed: true }, 'closed'],
    [{ ...post, kind_of: 'clinic' as const }, 'clinic'],
  ])('%j is %s', (of, state) => expect(stateOf(of)).toBe(state))
  test('stands nowhere until both degrees are told', () => {
    expect(positionOf({ east_deg: 102.7, north_deg: 0 })).toEqual([102.7, 0])
    expect(positionOf({ east_deg: 102.7, north_deg: null })).toBeNull()
  })
})

describe('the people of a household', () => {
  const well = { unwell_at: null, disposition: null }
  const arranged = { unwell_at: '2020-01-28T02:00:00Z', disposition: 'home' }
  const unwell = { unwell_at: '2020-01-29T02:00:00Z', disposition: null }
  test('stand in the order of who still waits for something', () => {
    expect([well, arranged, unwell].filter(waiting)).toEqual([unwell])
    expect(inOrder([well, arranged, unwell])).toEqual([unwell, arranged, well])
  })
  test('live behind a door, told by its sign', () => {
    const home = { id: 'd28260cd-14bb-5c7c-9c7a-5cb4bb87749e', building: '3栋', unit: '', door: '101' }
    expect(doorOf(home)).toBe('3栋 101')
    expect(doorOf({ ...home, building: '', door: '' })).toBe('87749e')
  })
})

test('an id by name is that of RFC 9562', async () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
  expect(await uuid5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})
