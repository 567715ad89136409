import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { Fact } from '../field/src/store/facts'
import {
  INSPECTED,
  type Inspecting,
  madeSoFar,
  ON_A_PAGE,
  openAgain,
  pagesOf,
  placeOf,
  RECHECKED,
} from '../field/src/store/inspection'
import { routeOf } from '../field/src/sync/own'

const word = (code: string, of = '') => ({ code, zh: code, en: code, of })
const POST = '0190a3c5-0000-7000-8000-0000000000aa'
const AGAIN = { inspection: 'i', post: POST, area: '530102', item: 'a', rectified: '', answer: null }
const ITS: Inspecting = {
  places: [],
  items: ['a', 'b', 'c', 'd'].map((code) => word(code, 'people')).concat(word('e', 'shops')),
  parts: [word('people'), word('shops'), word('supplies')],
  again: [AGAIN, { ...AGAIN, item: 'b' }],
  on_site: 3,
  by_phone: 1,
}

const fact = (kind: string, subject: string, data: Record<string, unknown>): Fact => ({
  id: 'f',
  kind,
  version: 1,
  subject,
  area: '530102',
  observed_at: '2020-01-28T01:00:00.500Z',
  clock_offset: 0,
  device: 'd',
  device_seq: 1,
  cause: [],
  corrects: null,
  data,
})

test('a code names a post or the gates of a community, and nothing else', () => {
  expect(placeOf(` lianfang:post:${POST}:0123456789abcdef\n`)).toEqual({ post: POST, area: '' })
  expect(placeOf('lianfang:area:530102001002:0123456789abcdef')).toEqual({ post: null, area: '530102001002' })
  for (const other of ['', 'https://x/field/#household=1', 'lianfang:post:', 'lianfang:errand:1:ab'])
    expect(placeOf(other)).toBeNull()
})

test('each thing is looked at once, part by part, three at most on a page', () => {
  const pages = pagesOf(ITS)
  expect(pages.map(({ part, items }) => [part.code, items.map((one) => one.code)])).toEqual([
    ['people', ['a', 'b', 'c']],
    ['people', ['d']],
    ['shops', ['e']],
  ])
  expect(Math.max(...pages.map((one) => one.items.length))).toBe(ON_A_PAGE)
})

test('what the phone has recorded counts before the server knows it', () => {
  const facts = [
    fact(INSPECTED.kind, 'x', { post: POST, mode: 'phone' }),
    fact(INSPECTED.kind, 'y', { post: POST, mode: 'on_site' }),
    fact(RECHECKED.kind, 'i', { item: 'a', rectified: true }),
  ]
  expect(madeSoFar(ITS, facts)).toEqual({ site: 4, phone: 2 })
  expect(openAgain(ITS, facts).map((one) => one.item)).toEqual(['b'])
})

test('an inspection is told with the code that was read, of a post or of a division', () => {
  const data = { post: POST, mode: 'on_site', code: 'c', findings: [] }
  const route = routeOf(fact(INSPECTED.kind, 'i', data))
  expect(route).toEqual({
    path: '/inspections',
    body: { ...data, inspection: 'i', fact: 'f', at: '2020-01-28T00:59:59.000Z' },
  })
  const { post: _, ...rest } = data
  expect(routeOf(fact(INSPECTED.kind, 'i', { ...data, post: null }))?.body).toMatchObject({ ...rest, area: '530102' })
})
