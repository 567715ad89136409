import { describe, expect, test } from 'vitest'
import * as moments from '../desk/src/moments'

const sources = import.meta.glob<string>(['../desk/src/**/*.{ts,tsx}', '!**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const BY_ITSELF = /\.toLocale\w*String\(|\.toFixed\(|\bIntl\./

describe('numbers, dates and units', () => {
  test('are written in one place', () => {
    const found = Object.entries(sources)
      .filter(([name]) => !name.endsWith('/moments.ts'))
      .flatMap(([name, text]) =>
        text
          .split('\n')
          .filter((line) => BY_ITSELF.test(line))
          .map((line) => `${name}: ${line.trim()}`),
      )
    expect(found).toEqual([])
  })
  test('are those of the language', () => {
    const at = '2020-01-30T01:05:09Z'
    expect(moments.stamp(at, 'zh')).toBe('2020年1月30日 09:05')
    expect(moments.stamp(at, 'en')).toBe('30 Jan 2020, 09:05')
    expect(moments.calendarDay('2020-01-30', 'zh')).toBe('2020年1月30日')
    expect(moments.calendarDay('2020-01-30', 'en')).toBe('30 January 2020')
    expect(moments.clock(at)).toBe('09:05')
    expect(moments.seconds(new Date(at))).toBe('09:05:09')
    expect(moments.wallMinute(at)).toBe('2020-01-30T09:05')
    expect(moments.number(1234567.891, 'zh')).toBe('1,234,567.891')
    expect(moments.celsius(37, 'en')).toBe('37.0\u00a0℃')
  })
  test('a share that is not all never reads 100%, and 29 in 100 is 29%', () => {
    expect(moments.percent(0.99999, 'zh')).toBe('99.9%')
    expect(moments.percent(0.99999, 'zh', 0)).toBe('99%')
    expect(moments.percent(0.29, 'en', 0)).toBe('29%')
    expect(moments.percent(1, 'en')).toBe('100%')
    expect(moments.percent(0, 'en')).toBe('0%')
  })
  test('names are in the order of pinyin in Chinese', () => {
    expect(['西山区', '安宁市', '官渡区'].sort((a, b) => moments.inOrder(a, b, 'zh'))).toEqual([
      '安宁市',
      '官渡区',
      '西山区',
    ])
  })
})
