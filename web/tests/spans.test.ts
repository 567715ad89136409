import { describe, expect, it } from 'vitest'
import { moment, signed } from '../desk/src/moments'
import { pieces, sentenceAround, slice } from '../desk/src/spans'

describe('spans count code points', () => {
  const text = '𠮷县1例。𠮷林2例；共3例，\n其他'

  it('slices after characters outside the basic plane', () => {
    expect(slice(text, 2, 4)).toBe('1例')
    expect(slice(text, 7, 9)).toBe('2例')
  })

  it('finds the sentence around a number', () => {
    const { start, end } = sentenceAround(text, 7, 9)
    expect(slice(text, start, end)).toBe('𠮷林2例；')
  })

  it('does not end an English sentence inside a decimal number', () => {
    const en = 'First. Fever of 38.4 in 2 cases. Last.'
    const at = en.indexOf('2 cases')
    const { start, end } = sentenceAround(en, at, at + 1)
    expect(en.slice(start, end)).toBe('Fever of 38.4 in 2 cases.')
  })

  it('cuts a text where marks begin and end, and clips marks that overrun it', () => {
    const cut = pieces('一二三四', [
      { start: 1, end: 9, kind: 'sentence' },
      { start: 2, end: 3, kind: 'number' },
    ])
    expect(cut.map((p) => [p.text, p.kinds.join('+')])).toEqual([
      ['一', ''],
      ['二', 'sentence'],
      ['三', 'sentence+number'],
      ['四', 'sentence'],
    ])
  })
})

describe('moments are told in their own offset', () => {
  it('says 24:00 for the end of a day', () => {
    expect(moment('2020-01-27T00:00:00+08:00', 'zh')).toBe('2020年1月26日 24:00')
    expect(moment('2020-01-27T00:00:00+08:00', 'en')).toBe('24:00, 26 January 2020')
  })

  it('says 00:00 where a window opens', () => {
    expect(moment('2020-01-27T00:00:00+08:00', 'en', { opens: true, year: false })).toBe('00:00, 27 January')
  })

  it('gives the day alone where no hour was written', () => {
    expect(moment('2020-01-29T00:00:00+08:00', 'zh', { precision: 'day' })).toBe('2020年1月28日')
  })

  it('takes UTC for the clock of the notices', () => {
    expect(moment('2020-01-28T04:00:00Z', 'zh')).toBe('2020年1月28日 12:00')
  })

  it('signs with a true minus', () => {
    expect([signed(2, 'en'), signed(-3, 'en'), signed(0, 'en')]).toEqual(['+2', '−3', '0'])
  })
})
