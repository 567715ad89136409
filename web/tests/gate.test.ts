import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '../desk/src/api/client'
import type { Bundle, Form, Gate, Post } from '../field/src/store/bundle'
import { keep, opened } from '../field/src/store/db'
import { allDrafts, keepDraft } from '../field/src/store/drafts'
import { choices, range, standing, typed } from '../field/src/store/form'
import {
  heldFor,
  letOn,
  nextPasser,
  PASSER_DRAFT,
  type Passer,
  passerMissing,
  SCREENED,
  saveCount,
  type Stop,
  savePasser,
  saveStop,
  unmet,
} from '../field/src/store/gate'
import type { Fact } from '../field/src/store/facts'
import { listed } from '../field/src/store/outbox'
import { newPeople } from '../field/src/store/people'
import type { Phone } from '../field/src/store/phone'
import { matching } from '../field/src/store/places'
import { newLock } from '../field/src/store/seal'
import { recorded, saveTask } from '../field/src/store/task'
import { sent } from '../field/src/sync/own'
import type { Receipt } from '../field/src/sync/server'

const POST: Post = {
  id: '00000000-0000-4000-8000-0000000000aa',
  name: '黑林铺卡点',
  area: '530102',
  shift: null,
  since: '2020-01-30T00:00:00Z',
  tally: { met: 0, measured: 0, refused: 0, held: 0, told: 0 },
  came_from: [],
  going_to: [],
}
const place = (code: string, zh: string, en: string) => ({ code, zh, en })
const GATE: Gate = {
  posts: [POST],
  held: [],
  policy: { edition: '2020-01', hold_c: 37.3, hold_h: 12, basis: 'b', record_s: 15, erase_on: null },
  notices: [],
  words: {},
  places: [],
}
/** As the server writes a number that may be absent. */
const FORM: Form = {
  version: 1,
  data: {
    $defs: { Word: { type: 'string', enum: ['home', 'hospital', 'moon'] } },
    properties: {
      temp_c: { anyOf: [{ type: 'number', minimum: 30, maximum: 45 }, { type: 'null' }] },
      word: { $ref: '#/$defs/Word' },
      list: { type: 'array', items: { $ref: '#/$defs/Word' } },
    },
    required: ['post'],
  },
}
const LIMITS = range(FORM, 'temp_c')

let number = 0
let phone: Phone

beforeEach(async () => {
  number += 1
  const { key } = await newLock('280457', 1000)
  const who = { id: 'w-1', name: '卡点', role: 'checkpoint_staff', area: '530102' }
  phone = { db: opened(`gate-${number}`), key, who, device: 'phone-x' }
})

const passer = (part: Partial<Passer> = {}): Passer => ({
  ...nextPasser(POST.id, null),
  came_from: '420100',
  going_to: '530102',
  fever: false,
  temp_c: '36.5',
  ...part,
})
const at = () => ({ phone, gate: GATE, post: POST, author: 'w-1', limits: LIMITS })
const facts = async () => (await listed(phone, ['waiting'])).map((one) => one.fact)

describe('forms from schemas', () => {
  test('limits and choices are the server’s', () => {
    expect(LIMITS).toEqual({ least: 30, most: 45 })
    expect(choices(FORM, ['hospital', 'home', 'central'] as const, 'word')).toEqual(['hospital', 'home'])
    expect(choices(FORM, ['home', 'other'] as const, 'list', '[]')).toEqual(['home'])
    expect(choices(undefined, ['a', 'b'] as const, 'word')).toEqual(['a', 'b'])
    expect(range(FORM, 'nothing', 'of', 'it')).toEqual({
      least: Number.NEGATIVE_INFINITY,
      most: Number.POSITIVE_INFINITY,
    })
  })

  test('a field more that may be left out breaks nothing; another version, or one that must be filled in, is told', () => {
    const bundle = (form: Form) => ({ forms: { 'gate.screened': form } }) as unknown as Bundle
    const more = {
      ...FORM,
      data: { ...FORM.data, properties: { ...FORM.data.properties, colour: { type: 'string' } } },
    }
    expect(standing(bundle(more), SCREENED)).toBe('same')
    expect(standing(bundle({ ...FORM, version: 2 }), SCREENED)).toBe('ahead')
    expect(standing(bundle({ version: 1, data: { required: ['post', 'colour'] } }), SCREENED)).toBe('ahead')
    expect(standing(bundle({ ...FORM, version: 1 }), { ...SCREENED, version: 2 })).toBe('behind')
  })

  test.each([
    ['36.5', 36.5],
    ['３６。８℃', 36.8],
    ['', null],
    ['36.', undefined],
    ['45.1', undefined],
    ['365', undefined],
  ])('a temperature %s', (text, read) => {
    expect(typed(text, LIMITS)).toBe(read)
  })
})

describe('somebody who passes', () => {
  test('what is missing is named; who refuses is asked no more', () => {
    expect(passerMissing(nextPasser(POST.id, null), LIMITS)).toEqual(['came_from', 'going_to', 'fever', 'temp_c'])
    expect(passerMissing({ ...nextPasser(POST.id, null), refused: true }, LIMITS)).toEqual([])
    expect(passerMissing(passer({ phone: '张三' }), LIMITS)).toEqual(['phone'])
    expect(passerMissing(passer({ temp_c: '36.' }), LIMITS)).toEqual(['range'])
  })

  test.each([
    [{ temp_c: '37.2' }, 37.3, null],
    [{ temp_c: '37.3' }, 37.3, 'temperature'],
    [{ temp_c: '37.3' }, 37.5, null],
    [{ fever: true }, 37.3, 'answer'],
    [{ judged: true }, 37.3, 'judgement'],
  ] as const)('%o is held from %d: %s', (part, hold_c, reason) => {
    expect(heldFor(passer(part), { ...GATE.policy, hold_c }, LIMITS)).toBe(reason)
  })

  test('a fever is a screening and a hold, saved in one act; pressed twice it is one', async () => {
    await keep(phone.db, 'meeting', { offset_s: 7200, at: 0 })
    const one = passer({ temp_c: '38.1', phone: '13800000000' })
    await keepDraft(phone, PASSER_DRAFT, one)
    const now = Date.parse('2020-01-30T03:00:00Z')
    expect(await savePasser(at(), one, null, '', now)).toBe('temperature')
    const [screened, held, ...rest] = await facts()
    expect(rest).toEqual([])
    expect(held).toMatchObject({ kind: 'gate.held', subject: screened?.subject, cause: [screened?.id] })
    // by the server's clock, two hours behind the phone's
    expect(held?.data).toMatchObject({ start: '2020-01-30T01:00:00.000Z', end: '2020-01-30T13:00:00.000Z' })
    expect(JSON.stringify(await facts())).not.toContain('13800000000')
    expect(await newPeople(phone)).toMatchObject([{ id: one.encounter, kind: 'encounter', phones: ['13800000000'] }])
    expect(await allDrafts(phone)).toEqual([])
    await savePasser(at(), one, null, '', now)
    expect(await facts()).toHaveLength(2)
    expect(await newPeople(phone)).toHaveLength(1)
  })

  test('a vehicle goes on with as many measurements or refusals as it has occupants, and not before', async () => {
    const stop: Stop = {
      vehicle: '00000000-0000-4000-8000-0000000000bb',
      post: POST.id,
      vehicle_type: 'car',
      occupants: 2,
      came_from: '420100',
      going_to: '530102',
      plate: '鄂A12345',
      met: [],
    }
    await saveStop(phone, POST, stop, '', stop.plate)
    const first = { ...nextPasser(POST.id, stop), fever: false, temp_c: '36.4' }
    await savePasser(at(), first, stop, '')
    const kept = async () => (await allDrafts<Stop>(phone))[0]?.value as Stop
    expect(first).toMatchObject({ came_from: '420100', going_to: '530102' })
    expect(unmet(await kept())).toBe(1)
    await expect(letOn(phone, POST, await kept(), '')).rejects.toThrow()
    await savePasser(at(), { ...nextPasser(POST.id, stop), refused: true }, await kept(), '')
    await letOn(phone, POST, await kept(), '')
    expect((await facts()).map((fact) => fact.kind)).toEqual([
      'gate.vehicle_stopped',
      'gate.screened',
      'gate.screened',
      'gate.vehicle_passed',
    ])
    expect(JSON.stringify(await facts())).not.toContain('12345')
    expect(await allDrafts(phone)).toEqual([])
  })
})

test('a place is found by the beginning of its name in either language, the wider one first', () => {
  const places = [
    place('420100', '武汉市', 'Wuhan'),
    place('420000', '湖北省', 'Hubei'),
    place('530102', '五华区', 'Wuhua District'),
    place('530102001', '华山街道', 'Huashan'),
  ]
  expect(matching(places, '武').map((one) => one.code)).toEqual(['420100'])
  expect(matching(places, 'wuh').map((one) => one.code)).toEqual(['420100', '530102'])
  expect(matching(places, '华').map((one) => one.code)).toEqual(['530102001', '530102'])
  expect(matching(places, '无')).toEqual([])
})

test('what was recorded of a task here is known from the facts on the phone', async () => {
  const task = {
    id: 't',
    rule: 'screening.educate',
    of: 'g',
    slot: 's',
    area: '530102',
    person: null,
    due: '',
    state: 'open',
    attempts: 0,
  }
  expect(recorded(task, await facts())).toBeNull()
  await saveTask(phone, task, 'not_found', '')
  expect(recorded(task, await facts())).toBe('not_found')
  await saveTask(phone, task, 'done', '')
  expect(recorded(task, await facts())).toBe('done')
  expect((await facts()).at(-1)?.data).toEqual({ of: 'g', rule: 'screening.educate', slot: 's' })
})

describe('what goes on with one’s own work', () => {
  const batch = async () => {
    const task = {
      id: 't',
      rule: 'r',
      of: 'g',
      slot: '',
      area: '530102',
      person: null,
      due: '',
      state: '',
      attempts: 0,
    }
    await savePasser(at(), passer(), null, '')
    await saveTask(phone, task, 'done', '')
    await saveCount(phone, POST, POST.since, { passed: 2, checked: 2, reason: null })
    return facts()
  }
  const taken = async (sent: Fact[]): Promise<Receipt> => ({
    appended: sent.map(({ id }, index) => ({ id, index })),
    skipped: [],
    set_aside: [],
  })

  test('is told by its own route, and each answer belongs to its fact', async () => {
    const all = await batch()
    const asked: string[] = []
    const receipt = await sent(all, taken, async (path) => asked.push(path))
    expect(asked).toEqual(['/tasks/t/done', `/posts/${POST.id}/counts`])
    expect(receipt.appended.map((one) => all[one.index]?.id)).toEqual(all.map((one) => one.id))
  })

  test('refused, it waits for a person; unanswered, all of the batch waits', async () => {
    const all = await batch()
    const refuse = async () => {
      throw new ApiError('refused', { detail: '已完成' } as never, 422)
    }
    vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } })
    const receipt = await sent(all, taken, refuse)
    expect(receipt.set_aside.map((one) => [one.index, one.reason])).toEqual([
      [1, '已完成'],
      [2, '已完成'],
    ])
    const lost = async () => {
      throw new ApiError('unreachable')
    }
    await expect(sent(all, taken, lost)).rejects.toThrow()
    await expect(sent(all, lost, async () => null)).rejects.toThrow()
    vi.unstubAllGlobals()
  })
})
