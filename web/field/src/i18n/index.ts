import { createContext, useContext } from 'react'
import { en } from './en'
import { type Key, zh } from './zh'

export type Lang = 'zh' | 'en'
export type { Key }

/** The clock that times are shown by: that of the authority, wherever the phone thinks it is. */
const ZONE = 'Asia/Shanghai'

export interface Words {
  lang: Lang
  t: (key: Key, values?: Record<string, string | number>) => string
  time: (at: number) => string
  name: (of: { zh: string; en: string }) => string
}

export function words(lang: Lang): Words {
  const all = lang === 'zh' ? zh : en
  const clock = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  })
  return {
    lang,
    t: (key, values) =>
      values ? all[key].replace(/\{(\w+)\}/g, (_, id: string) => String(values[id] ?? '')) : all[key],
    time: (at) => clock.format(at),
    name: (of) => (lang === 'zh' ? of.zh : of.en),
  }
}

export function preferred(): Lang {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export const WordsContext = createContext<Words>(words('zh'))
export const useWords = () => useContext(WordsContext)
