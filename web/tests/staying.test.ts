import { describe, expect, test } from 'vitest'
import { stay } from '../desk/src/forms/staying'

const id = (row: string) => row
const shown = (before: string, now: string, worked: string) =>
  stay([...before], [...now], id, (at) => worked.includes(at)).join('')

describe('a row that somebody works on', () => {
  test.each([
    ['abcd', 'abd', 'c', 'abcd'],
    ['abcd', 'abd', '', 'abd'],
    ['abcd', 'xabd', 'c', 'xacbd'],
    ['abcd', '', 'bd', 'bd'],
    ['abcd', 'dcba', 'c', 'dcba'],
    ['', 'ab', 'c', 'ab'],
  ])('of %j, then %j, at %j: %j', (before, now, worked, kept) => expect(shown(before, now, worked)).toBe(kept))
})
