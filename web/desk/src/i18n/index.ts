import { createContext, useContext } from 'react'
import type { Lang, MetricTitle, Unit } from '../api/types'
import * as moments from '../moments'
import { en } from './en'
import { type Key, zh } from './zh'

export type { Key }

export interface Words<K extends string = Key> {
  lang: Lang
  t: (key: K, values?: Record<string, string | number>) => string
  /** The name in the page's language. */
  name: (of: { zh: string; en: string }) => string
  n: (value: number, digits?: number) => string
  /** A share, 0 to 1: 12.5%. */
  percent: (share: number, digits?: number) => string
  /** A temperature: 37.2 ℃. */
  celsius: (value: number) => string
  /** The order of two names. */
  inOrder: (a: string, b: string) => number
  signed: (value: number) => string
  moment: (iso: string, options?: Parameters<typeof moments.moment>[2]) => string
  stamp: (iso: string) => string
  /** From one moment to another: of one day the day is said once. */
  span: (from: string, to: string) => string
  /** A calendar day: of a date as it is, of a moment in the viewer's zone. */
  day: (iso: string) => string
  /** A number with its unit: 44 例, 44 cases. */
  amount: (value: number, unit: Unit) => string
  metric: (id: string, titles: Record<string, MetricTitle>) => string
}

export function words(lang: Lang): Words {
  return speaking(lang, lang === 'zh' ? zh : en)
}

export function speaking<K extends string>(lang: Lang, all: Record<K | Key, string>): Words<K | Key> {
  const t: Words<K | Key>['t'] = (key, values) =>
    values ? all[key].replace(/\{(\w+)\}/g, (_, id: string) => String(values[id] ?? '')) : all[key]
  const n: Words['n'] = (value, digits) => moments.number(value, lang, digits)
  return {
    lang,
    t,
    n,
    name: (of) => (lang === 'zh' ? of.zh : of.en),
    percent: (share, digits) => moments.percent(share, lang, digits),
    celsius: (value) => moments.celsius(value, lang),
    inOrder: (a, b) => moments.inOrder(a, b, lang),
    signed: (value) => moments.signed(value, lang),
    moment: (iso, options) => moments.moment(iso, lang, options),
    stamp: (iso) => moments.stamp(iso, lang),
    span: (from, to) => moments.span(from, to, lang),
    day: (iso) => moments.calendarDay(iso, lang),
    amount: (value, unit) => {
      if (lang === 'en' && value === 1)
        return `1 ${{ case: 'case', person: 'person', person_time: 'person-time' }[unit]}`
      return `${n(value)} ${t(`unit.${unit}`)}`
    },
    metric: (id, titles) => {
      const title = titles[id]
      if (!title) return id
      return lang === 'zh' ? title.zh : title.en.charAt(0).toUpperCase() + title.en.slice(1)
    },
  }
}

export const WordsContext = createContext<Words>(words('zh'))
export const useWords = () => useContext(WordsContext)

/** The page's words and those of a part that is loaded on its own: the figures do not carry them. */
export function vocabulary<K extends string>(own: Record<Lang, Record<K, string>>): () => Words<K | Key> {
  const made = { zh: speaking<K>('zh', { ...zh, ...own.zh }), en: speaking<K>('en', { ...en, ...own.en }) }
  return () => made[useWords().lang]
}
