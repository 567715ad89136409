import 'fake-indexeddb/auto'
import decodeQR from 'qr/decode.js'
import encodeQR from 'qr'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../desk/src/api/client'
import { base45, fromBase45 } from '../field/src/handover/base45'
import { Broken, frames, Gathering, newCode, packed, spelled, unpacked, type Work } from '../field/src/handover/pack'
import { led } from '../field/src/scan/code'
import { type Bundle, byDoor, found, type Household, roundOf } from '../field/src/store/bundle'
import { met, moment, trouble } from '../field/src/store/clock'
import { type FieldDb, opened } from '../field/src/store/db'
import { draftOf, keepDraft } from '../field/src/store/drafts'
import type { Fact } from '../field/src/store/facts'
import { typed } from '../field/src/store/form'
import { Full, nearlyFull, takeBallast, written } from '../field/src/store/full'
import { householdId } from '../field/src/store/household'
import { counts, listed, save, takeIn } from '../field/src/store/outbox'
import { changePin, destroy, enter, type Phone, setUp, Wait, weakness } from '../field/src/store/phone'
import { newLock, open, relock, seal, Unreadable, unlock, WrongPin } from '../field/src/store/seal'
import { allWell, dataOf, missing, newVisit, saveVisit } from '../field/src/store/visit'
import { drain } from '../field/src/sync/send'
import type { Receipt } from '../field/src/sync/server'

const FEW = 1000
const WHO = { id: 'w-1', name: '王网格', role: 'grid_worker', area: '530102' }
const HOME: Household = {
  id: '00000000-0000-4000-8000-000000000001',
  area: '530102001002',
  grid: 'g',
  building: '7栋',
  unit: '2单元',
  door: '301',
  site: 'community',
  expected: 2,
  members: [
    { person: 'p-1', name: '张三' },
    { person: 'p-2', name: null },
  ],
  seen: {},
  disputed: false,
}

/** As the server's forms have a temperature. */
const LIMITS = { least: 30, most: 45 }

let number = 0
let db: FieldDb
let phone: Phone

beforeEach(async () => {
  number += 1
  db = opened(`phone-${number}`)
  const { key } = await newLock('280457', FEW)
  phone = { db, key, who: WHO, device: 'phone-x' }
})

function fact(n: number): Fact {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const rest = {
    clock_offset: 0,
    device: 'x',
    device_seq: n,
    cause: [],
    corrects: null,
    observed_at: '2020-01-30T01:00Z',
  }
  return { ...rest, id, kind: 'visit.made', version: 1, subject: id, area: '530102001002', data: { outcome: 'met' } }
}

const fill = async (n: number, on = phone) => {
  for (let at = 1; at <= n; at += 1) await save(on, [{ fact: fact(at), label: `${at}` }])
}
const taken = (batch: Fact[]): Receipt => ({
  appended: batch.map(({ id }, index) => ({ id, index })),
  skipped: [],
  set_aside: [],
})

describe('the seal', () => {
  test('a wrong PIN opens nothing, and a new one opens what the old one sealed', async () => {
    const { lock, key } = await newLock('280457', FEW)
    const sealed = await seal(key, 'a', { name: '张三' })
    await expect(unlock(lock, '280458')).rejects.toThrow(WrongPin)
    const next = await relock(lock, '280457', 'long winded', FEW)
    await expect(unlock(next, '280457')).rejects.toThrow(WrongPin)
    expect(await open(await unlock(next, 'long winded'), 'a', sealed)).toEqual({ name: '张三' })
  })

  test('what is sealed for one place is unreadable in another, and altered nowhere', async () => {
    const sealed = await seal(phone.key, 'draft a', 1)
    await expect(open(phone.key, 'draft b', sealed)).rejects.toThrow(Unreadable)
    sealed[20] = (sealed[20] as number) ^ 1
    await expect(open(phone.key, 'draft a', sealed)).rejects.toThrow(Unreadable)
  })

  test('the key cannot be taken out of an unlocked phone', async () => {
    await expect(crypto.subtle.exportKey('raw', phone.key)).rejects.toThrow()
  })

  test.each([
    ['12345', 'short'],
    ['123456', 'simple'],
    ['987654', 'simple'],
    ['111111', 'simple'],
    ['121212', 'simple'],
    ['283283', 'simple'],
    ['280457', null],
    ['梧桐树下的猫', null],
  ])('%s is %s', (pin, weak) => expect(weakness(pin)).toBe(weak))
})

describe('the lock', () => {
  test('wrong PINs cost longer and longer waits, the right one begins anew; the clock cannot be wound on past it', async () => {
    await setUp(db, '280457', WHO, 'phone-x', FEW)
    for (let at = 0; at < 4; at += 1) await expect(enter(db, '000000', 1_000)).rejects.toThrow(WrongPin)
    const wait = await enter(db, '000000', 1_000).catch((error: Wait) => error)
    expect(wait).toBeInstanceOf(Wait)
    expect((wait as Wait).seconds).toBe(30)
    await expect(enter(db, '280457', 20_000)).rejects.toThrow(Wait)
    expect((await enter(db, '280457', 32_000)).who).toEqual(WHO)
    await expect(enter(db, '000000', 33_000)).rejects.toThrow(WrongPin)
  })

  test('a changed PIN opens the same data; a destroyed phone opens with none', async () => {
    const mine = await setUp(db, '280457', WHO, 'phone-x', FEW)
    await fill(1, mine)
    await expect(changePin(mine, '111111', '902114', FEW)).rejects.toThrow(WrongPin)
    await changePin(mine, '280457', '902114', FEW)
    expect(await listed(await enter(db, '902114'), ['waiting'])).toHaveLength(1)
    await destroy(db)
    await db.open()
    await expect(enter(db, '902114')).rejects.toThrow(WrongPin)
    expect(await db.outbox.count()).toBe(0)
  })
})

describe('the outbox', () => {
  test('a form saved twice is one fact, and its draft is gone with it', async () => {
    const draft = allWell(newVisit(fact(1).id, 'r', 0, 'none'), HOME.members)
    await keepDraft(phone, HOME.id, draft)
    await Promise.all([saveVisit(phone, HOME, draft), saveVisit(phone, HOME, draft)])
    expect((await counts(phone)).waiting).toBe(1)
    expect(await draftOf(phone, HOME.id)).toBeUndefined()
    const [item] = await listed(phone, ['waiting'])
    expect(item?.fact).toMatchObject({ id: draft.id, subject: HOME.id, area: HOME.area, device: 'phone-x' })
  })

  test('drafts are written in their order, whoever waits for which', async () => {
    await Promise.all([1, 2, 3, 4].map((n) => keepDraft(phone, 'h', n)))
    expect(await draftOf(phone, 'h')).toBe(4)
  })

  test('another phone’s work is taken in once', async () => {
    const items = [1, 2, 3].map((n) => ({ fact: fact(n), label: '' }))
    await fill(1)
    expect(await takeIn(phone, items)).toBe(2)
    expect(await takeIn(phone, items)).toBe(0)
    expect((await counts(phone)).waiting).toBe(3)
  })

  test('a full phone throws its ballast off for the last forms, and says when nothing fits any more', async () => {
    await takeBallast(db)
    expect(await nearlyFull(db)).toBe(false)
    const quota = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    let first = true
    expect(
      await written(db, () => {
        if (!first) return Promise.resolve('stored')
        first = false
        return quota()
      }),
    ).toBe('stored')
    expect(await nearlyFull(db)).toBe(true)
    await expect(written(db, quota)).rejects.toThrow(Full)
    await expect(written(db, () => Promise.reject(new TypeError()))).rejects.toThrow(TypeError)
  })
})

describe('sending', () => {
  test('never answered: all wait on; answered twice: each is sent once', async () => {
    await fill(3)
    const gone = new ApiError('unreachable')
    await expect(drain(phone, () => Promise.reject(gone))).rejects.toBe(gone)
    expect((await counts(phone)).waiting).toBe(3)
    const skipped = (batch: Fact[]): Receipt => ({ ...taken([]), skipped: taken(batch).appended })
    expect((await drain(phone, async (batch) => skipped(batch))).sent).toBe(3)
    expect(await drain(phone, async () => expect.unreachable())).toEqual({ sent: 0, aside: 0, behind: 0 })
  })

  test('what an answer does not name waits on, and is not asked for for ever', async () => {
    await fill(3)
    let asked = 0
    await drain(phone, async (batch) => {
      asked += 1
      return taken(batch.slice(0, 1))
    })
    expect([asked, (await counts(phone)).waiting]).toEqual([1, 2])
  })

  test.each([
    [new ApiError('refused', null, 422), { sent: 9, aside: 0, behind: 1 }, 0],
    [new ApiError('broken', null, 500), { sent: 9, aside: 0, behind: 0 }, 1],
  ])('one that the server stumbles over holds up no other (%s)', async (error, told, waiting) => {
    await fill(10)
    const bad = fact(4).id
    const post = async (batch: Fact[]) => {
      if (batch.some((one) => one.id === bad)) throw error
      return taken(batch)
    }
    expect(await drain(phone, post)).toEqual(told)
    expect((await counts(phone)).waiting).toBe(waiting)
  })

  test.each([new ApiError('broken', null, 507), new ApiError('too_many', null, 429), new ApiError('signed_out')])(
    'where the server asks for patience or a sign-in, everything waits (%s)',
    async (error) => {
      await fill(2)
      await expect(drain(phone, () => Promise.reject(error))).rejects.toBe(error)
      expect((await counts(phone)).waiting).toBe(2)
    },
  )

  test('a person is asked only about what a person can decide', async () => {
    await fill(4)
    const reasons = [
      'id: seq 7 has this id and other content',
      'kind: is not known here',
      'version: is not known here',
      'area: 530103001 is not in 530102',
    ]
    const post = async (batch: Fact[]): Promise<Receipt> => ({
      ...taken([]),
      set_aside: batch.map(({ id }, index) => ({ id, index, reason: reasons[index] as string })),
    })
    await drain(phone, post)
    expect(await counts(phone)).toEqual({ sent: 1, behind: 2, aside: 1, waiting: 0, handed: 0 })
    expect((await listed(phone, ['aside']))[0]?.reason).toContain('530103001')
  })

  test('batches grow while they pass, and order is kept', async () => {
    await fill(120)
    const sizes: number[] = []
    const seen: string[] = []
    await drain(phone, async (batch) => {
      sizes.push(batch.length)
      seen.push(...batch.map((one) => one.id))
      return taken(batch)
    })
    expect(sizes).toEqual([50, 70])
    expect(seen).toEqual([...seen].sort())
  })

  test('a bad network for a week, by seed: the server has each fact once, the phone none', {
    timeout: 60_000,
  }, async () => {
    for (let seed = 1; seed <= 20; seed += 1) await week(seed)
  })
})

/** Requests lost, answers lost, requests doubled, the app killed and opened again between any two steps. */
async function week(seed: number) {
  let state = seed * 2654435761
  const dice = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return state / 2 ** 32
  }
  const server = new Map<string, Fact>()
  let twice = 0
  const at: Phone = { ...phone, db: opened(`week-${seed}`) }
  const arrive = (batch: Fact[]): Receipt => {
    const [fresh, known] = [batch.filter((one) => !server.has(one.id)), batch.filter((one) => server.has(one.id))]
    twice += known.length
    for (const one of fresh) server.set(one.id, one)
    const index = (one: Fact) => ({ id: one.id, index: batch.indexOf(one) })
    return { appended: fresh.map(index), skipped: known.map(index), set_aside: [] }
  }
  const post = async (batch: Fact[]): Promise<Receipt> => {
    if (dice() < 0.3) throw new ApiError('unreachable')
    const answer = arrive(batch)
    if (dice() < 0.2) arrive(batch)
    if (dice() < 0.3) throw new ApiError('unreachable')
    return answer
  }
  for (let n = 1; n <= 30; n += 1) {
    await save(at, [{ fact: fact(n), label: '' }])
    if (dice() < 0.4) await drain(at, post).catch(() => undefined)
    if (dice() < 0.2) {
      at.db.close()
      at.db = opened(`week-${seed}`)
    }
  }
  await drain(at, async (batch) => arrive(batch))
  expect(server.size).toBe(30)
  expect(twice).toBeGreaterThan(0)
  expect(await counts(at)).toMatchObject({ waiting: 0, sent: 30 })
}

describe('the clock', () => {
  test('a phone two hours fast is told so, and its facts carry it', async () => {
    const now = Date.parse('2020-01-30T03:00:00Z')
    await met(db, '2020-01-30T01:00:00Z', now, now, false)
    expect(await moment(db, now + 60_000)).toEqual({ observed_at: '2020-01-30T03:01:00.000Z', clock_offset: 7200 })
    expect(await trouble(db, 300, now + 60_000)).toEqual({ kind: 'off', offset_s: 7200 })
    expect(await trouble(db, 7200, now + 60_000)).toBeNull()
  })

  test('a clock that was set back since is not corrected by what it was off by before', async () => {
    const now = Date.parse('2020-01-30T03:00:00Z')
    await met(db, '2020-01-30T03:00:00Z', now, now, false)
    expect(await trouble(db, 300, now - 3_600_000)).toEqual({ kind: 'set_back' })
    expect((await moment(db, now - 3_600_000)).clock_offset).toBeNull()
    expect((await moment(db, now + 1)).clock_offset).toBe(0)
  })

  test('the demonstration’s own time is taken for the phone’s', async () => {
    const now = Date.parse('2026-01-30T03:00:00Z')
    await met(db, '2020-01-30T01:00:00Z', now, now, true)
    expect(await moment(db, now + 60_000)).toEqual({ observed_at: '2020-01-30T01:01:00.000Z', clock_offset: 0 })
    expect(await trouble(db, 300, now)).toBeNull()
  })
})

describe('the form', () => {
  test('all well is everybody well and nobody from outside', () => {
    const draft = allWell(newVisit('i', 'r', 0, 'qr'), HOME.members)
    expect(missing(draft, HOME.members, LIMITS)).toEqual([])
    expect(dataOf(draft, HOME.members, 'w', 90_000)).toEqual({
      round: 'r',
      outcome: 'met',
      members: ['p-1', 'p-2'].map((person) => ({ person, result: 'well', temp_c: null, symptoms: [] })),
      outsiders: 0,
      evidence: 'qr',
      minutes: 1.5,
      form: 1,
      follower: null,
      escalated_to: null,
      vacancy: null,
    })
  })

  test('what is missing is named', () => {
    const empty = newVisit('i', 'r', 0, 'none')
    expect(missing(empty, HOME.members, LIMITS)).toEqual(['outcome'])
    expect(missing({ ...empty, outcome: 'met' }, HOME.members, LIMITS)).toEqual(['members', 'outsiders'])
    expect(missing({ ...empty, outcome: 'vacant' }, HOME.members, LIMITS)).toEqual(['vacancy'])
    expect(missing({ ...empty, outcome: 'refused', escalated: '张所长' }, HOME.members, LIMITS)).toEqual(['escalated'])
    const one = { ...allWell(empty, HOME.members) }
    one.members = { ...one.members, 'p-1': { result: 'unwell', temp_c: '', symptoms: [] } }
    expect(missing(one, HOME.members, LIMITS)).toEqual(['symptoms'])
    one.members = { ...one.members, 'p-1': { result: 'unwell', temp_c: '384', symptoms: [] } }
    expect(missing(one, HOME.members, LIMITS)).toEqual(['temperature'])
  })

  test('nobody has a temperature who was not seen; nobody is answered for where nobody was met', () => {
    const draft = { ...allWell(newVisit('i', 'r', 0, 'none'), HOME.members) }
    draft.members = { ...draft.members, 'p-1': { result: 'away', temp_c: '38', symptoms: ['fever'] } }
    const data = dataOf(draft, HOME.members, 'w', 0) as { members: { temp_c: number | null; symptoms: string[] }[] }
    expect(data.members[0]).toMatchObject({ temp_c: null, symptoms: [] })
    expect(dataOf({ ...draft, outcome: 'not_met' }, HOME.members, 'w', 0)).toMatchObject({
      members: [],
      outsiders: null,
      follower: 'w',
    })
  })

  test.each([
    ['37.25', 37.3],
    ['36,5', 36.5],
    ['３７', 37],
    ['38.4℃', 38.4],
    ['', null],
    ['384', undefined],
    ['abc', undefined],
  ])('%s degrees is %s', (text, read) => expect(typed(text, LIMITS)).toBe(read))
})

describe('the list', () => {
  const at = (building: string, door: string): Household => ({ ...HOME, building, door })
  test('is in the order of the doors, numbers as numbers', () => {
    const doors = [at('10栋', '101'), at('2栋', '1001'), at('2栋', '201')].sort(byDoor)
    expect(doors.map((one) => `${one.building}${one.door}`)).toEqual(['2栋201', '2栋1001', '10栋101'])
  })
  test('is searched by address and name', () => {
    expect(found(HOME, '7栋 301')).toBe(true)
    expect(found(HOME, '张三')).toBe(true)
    expect(found(HOME, '8栋')).toBe(false)
  })
  test('the narrowest round around a household is its own', () => {
    const round = (id: string, area: string, number = 1) => ({ id, area, number, due: '' })
    const bundle = {
      rounds: [round('p', '530000'), round('c', '530102'), round('d', '530102', 2), round('x', '530103')],
    }
    expect(roundOf(bundle as Bundle, HOME)?.id).toBe('d')
    expect(roundOf({ rounds: [round('x', '530103')] } as Bundle, HOME)).toBeNull()
  })
  test('a household found at its door has the id that the server gives it', async () => {
    const door = { building: '7栋', unit: '2单元', door: '301', expected: null }
    expect(await householdId('530102001002', door)).toBe('3be9a783-2e46-5a98-a4cf-a94e8791823c')
    expect(await householdId('530102001002', { ...door, building: '', unit: '' })).toBe(
      '90d1bdb1-9110-5458-803e-866cf07e66e0',
    )
  })
})

describe('a code at a door', () => {
  const bundle = { households: [HOME], grids: [{ id: 'g', area: HOME.area }] } as Bundle
  test.each([
    [`https://x/field/#household=${HOME.id}&area=${HOME.area}`, 'household'],
    ['https://x/field/#household=00000000-0000-4000-8000-000000000009&area=420100001001', 'foreign'],
    [`https://x/field/#household=00000000-0000-4000-8000-000000000009&area=${HOME.area}`, 'unknown'],
    ['https://weixin.qq.com/x', 'nothing'],
    ['', 'nothing'],
  ])('%s leads to %s', (text, to) => expect(led(text, bundle).to).toBe(to))
})

describe('a hand-over', () => {
  const people = [{ id: 'p', name: '李四', area: '530102' }]
  const work: Work = {
    area: '530102',
    items: Array.from({ length: 40 }, (_, n) => ({ fact: fact(n + 1), label: `7栋 ${n}` })),
    drafts: [{ subject: 'h', value: newVisit('i', 'r', 0, 'none') }],
    people,
  }

  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
  ])('%s is %s in base 45, as RFC 9285 has it', (plain, coded) => {
    const bytes = new TextEncoder().encode(plain)
    expect(base45(bytes)).toBe(coded)
    expect(fromBase45(coded)).toEqual(bytes)
  })
  test.each(['A', ':::', 'ü12', 'GGW'])('%s is no base 45', (text) =>
    expect(() => fromBase45(text)).toThrow(RangeError),
  )

  test('by file: the password opens it however it is typed, another does not, and the file names nobody', async () => {
    const code = newCode()
    const bytes = await packed(work, code)
    expect(await unpacked(bytes, spelled(code).toLowerCase())).toEqual(work)
    await expect(unpacked(bytes, newCode())).rejects.toThrow(Broken)
    await expect(unpacked(bytes.slice(0, -1), code)).rejects.toThrow(Broken)
    await expect(unpacked(new Uint8Array(3), code)).rejects.toThrow(Broken)
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('visit.made')
  })

  test('by codes: frames seen in any order, some twice, some late', async () => {
    const code = newCode()
    const shown = frames(await packed(work, code), code)
    expect(shown.length).toBeGreaterThan(2)
    const gathering = new Gathering()
    expect(gathering.take('https://example.org')).toBe(false)
    for (const frame of [...shown.slice(1).reverse(), ...shown.slice(1, 3)]) gathering.take(frame)
    expect(await gathering.work()).toBeNull()
    gathering.take(shown[0] as string)
    expect(await gathering.work()).toEqual(work)
  })

  test('another phone’s frames in between begin anew, and are not mixed', async () => {
    const [one, two] = [newCode(), newCode()]
    const [a, b] = [frames(await packed(work, one), one), frames(await packed({ ...work, items: [] }, two), two)]
    const gathering = new Gathering()
    for (const frame of [a[0], ...b]) gathering.take(frame as string)
    expect((await gathering.work())?.items).toEqual([])
  })

  test('a frame is read off its picture', async () => {
    const code = newCode()
    const [frame] = frames(await packed(work, code), code) as [string]
    const cells = encodeQR(frame, 'raw', { ecc: 'low', border: 4 })
    const scale = 4
    const width = cells.length * scale
    const data = new Uint8ClampedArray(width * width * 4)
    for (let y = 0; y < width; y += 1)
      for (let x = 0; x < width; x += 1) {
        const shade = cells[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 0 : 255
        data.set([shade, shade, shade, 255], 4 * (y * width + x))
      }
    expect(decodeQR({ width, height: width, data })).toBe(frame)
    expect(cells.length).toBeLessThan(110)
  })
})
