import { afterEach, expect, test, vi } from 'vitest'
import { ask } from '../desk/src/api/client'
import { forgetUnanswered } from '../desk/src/api/once'

vi.hoisted(() => vi.stubGlobal('window', globalThis))

afterEach(() => {
  forgetUnanswered()
  vi.unstubAllGlobals()
})

/** Sends one act after another, answered with these statuses; `null` is a line that breaks. Gives the keys. */
async function keys(statuses: (number | null)[], path = '/contacts/1/inform', body: unknown = { at: null }) {
  const sent: (string | null)[] = []
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    if (!address.endsWith(path)) return new Response('{}')
    sent.push(new Headers(init.headers).get('Idempotency-Key'))
    const status = statuses[sent.length - 1]
    if (status === null) throw new TypeError('no line')
    return new Response('{}', { status })
  })
  for (const _ of statuses) await ask(path, { body }).catch(() => null)
  return sent
}

test('an act that nobody answered is sent again under the same key', async () => {
  const [first, again, broken, another] = await keys([null, 503, 200, 200])
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect([again, broken]).toEqual([first, first])
  expect(another).not.toBe(first)
})

test('what was refused may be sent again as another act', async () => {
  const [first, again] = await keys([422, 200])
  expect(again).not.toBe(first)
})

test.each(['/people/find', '/people/1/card', '/cases/list', '/session/appointment', '/tasks/people'])(
  '%s is no act',
  async (path) => expect(await keys([200], path)).toEqual([null]),
)

test.each(['/people', '/people/1/texts', '/looks/1/review', '/views'])('%s is one', async (path) => {
  const [key] = await keys([200], path)
  expect(key).not.toBeNull()
})
