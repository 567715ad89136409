import { describe, expect, it } from 'vitest'
import type { Clinic } from '../public/src/api'
import { advice, distance, ordered, temperature } from '../public/src/near'
import { words } from '../public/src/words'

const clinic = (name: string, other: Partial<Clinic> = {}): Clinic => ({
  id: name,
  name,
  area: '530102001',
  telephone: '087165324888',
  east_deg: 102.7,
  north_deg: 25,
  opens_min: 0,
  closes_min: 1440,
  service: '',
  open_now: true,
  ...other,
})

describe('the nearest fever clinic', () => {
  it('is as far as the great circle: one degree of the meridian is 111.2 km', () => {
    expect(distance({ east_deg: 102, north_deg: 25 }, { east_deg: 102, north_deg: 26 })).toBeCloseTo(111.2, 1)
    expect(distance({ east_deg: 179.5, north_deg: 0 }, { east_deg: -179.5, north_deg: 0 })).toBeCloseTo(111.2, 1)
  })
  it('is open, then near; one without a position comes after those with one', () => {
    const at = { east_deg: 102.7, north_deg: 25.1 }
    const found = ordered(
      [
        clinic('shut', { open_now: false, north_deg: 25.1 }),
        clinic('nowhere', { east_deg: null, north_deg: null }),
        clinic('far', { north_deg: 26 }),
        clinic('near'),
      ],
      at,
      '530102',
      '',
    )
    expect(found.map((one) => one.clinic.name)).toEqual(['near', 'far', 'nowhere', 'shut'])
    expect(found[2]?.km).toBeNull()
  })
  it('is of the own town, then of the own county, where no position is known', () => {
    const found = ordered(
      [clinic('a', { area: '530103001' }), clinic('b', { area: '530102002' }), clinic('c')],
      null,
      '530102',
      '530102001',
    )
    expect(found.map((one) => one.clinic.name)).toEqual(['c', 'b', 'a'])
  })
})

describe('advice', () => {
  it('is an ambulance for what is dangerous, a clinic for fever or symptoms, and else none', () => {
    const say = (felt: string[], temp: number | null) => advice(felt, temp, ['dyspnoea'], 37.3)
    expect(say(['dyspnoea', 'fever'], null)).toBe('now')
    expect(say(['cough'], null)).toBe('clinic')
    expect(say([], 37.3)).toBe('clinic')
    expect(say([], 37.2)).toBe('none')
    expect(say([], Number.NaN)).toBe('none')
    expect(say([], null)).toBe('none')
  })
  it('takes temperatures as people type them, and no others', () => {
    expect(['38,2', '38.25', ' 36 ', '38。2'].map(temperature)).toEqual([38.2, 38.25, 36, 38.2])
    expect(temperature('')).toBeNull()
    for (const wrong of ['382', '29.9', '45.1', '1e1', '-38', 'x', '３８']) expect(temperature(wrong)).toBeNaN()
  })
})

it('says everything in both languages, with the same gaps to fill', () => {
  const gaps = (text: unknown) => (JSON.stringify(text).match(/\{\}/g) ?? []).length
  expect(Object.keys(words.en)).toEqual(Object.keys(words.zh))
  for (const key of Object.keys(words.zh) as (keyof typeof words.zh)[])
    expect([key, gaps(words.en[key])]).toEqual([key, gaps(words.zh[key])])
})
