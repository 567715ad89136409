import { describe, expect, test } from 'vitest'
import { Heights, PIECE, stepped } from '../desk/src/forms/rows'

const NONE: ReadonlySet<number> = new Set()

describe('a list of 300,000 rows', () => {
  const all = new Heights(300_000)
  const whole = all.above(all.pieces)

  test('has only what is seen in the page, and gaps as high as the rest', () => {
    const [from, to] = all.between(whole / 2 - 900, whole / 2 + 1_600)
    const parts = all.parts(from, to, NONE)
    expect(parts.filter((part) => part.gap === null).length).toBeLessThan(12)
    expect(parts.length).toBeLessThan(14)
    const drawn = parts.filter((part) => part.gap === null).map((part) => all.of(part.at))
    const gaps = parts.map((part) => part.gap ?? 0)
    expect([...drawn, ...gaps].reduce((sum, px) => sum + px, 0)).toBeCloseTo(whole)
  })
  test('keeps what somebody is in, wherever one scrolls', () => {
    const parts = all.parts(6_000, 6_002, new Set([3]))
    expect(parts.map((part) => (part.gap === null ? part.at : 'gap'))).toEqual([
      'gap',
      3,
      'gap',
      6_000,
      6_001,
      6_002,
      'gap',
    ])
  })
  test('begins at its first row and ends at its last', () => {
    expect(all.between(-900, 100)[0]).toBe(0)
    expect(all.between(whole - 10, whole + 5_000)[1]).toBe(all.pieces - 1)
  })
})

test('what was measured counts for what was not, and stays when rows are added', () => {
  const few = new Heights(PIECE + 5)
  few.measured(0, PIECE * 60)
  few.measured(1, 5 * 60)
  expect(few.of(1)).toBe(300)
  const more = few.grown(PIECE * 4)
  expect(more.has(0)).toBe(true)
  expect(more.has(1)).toBe(false)
  expect(more.of(3)).toBe(PIECE * 60)
})

test('keys lead from row to row and never beyond', () => {
  expect(stepped('ArrowDown', 4, 10, 300_000)).toBe(5)
  expect(stepped('PageUp', 4, 10, 300_000)).toBe(0)
  expect(stepped('End', 4, 10, 300_000)).toBe(299_999)
  expect(stepped('ArrowDown', 299_999, 10, 300_000)).toBe(299_999)
  expect(stepped('Enter', 4, 10, 300_000)).toBeNull()
  expect(stepped('Home', 0, 10, 0)).toBeNull()
})
