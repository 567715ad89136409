import { useCallback, useEffect, useState } from 'react'
import type { Lang } from './api/types'

/** What the page shows, all of it in the address: a link is the view. */
export interface View {
  area: string | null
  asOf: string | null
  knownAt: string | null
  metric: string
  lang: Lang
  /** For a big screen: see parts/Wall.tsx. */
  wall: boolean
}

const STORED = 'lianfang.lang'
const METRIC = 'confirmed_cum'

function preferredLang(): Lang {
  try {
    const stored = localStorage.getItem(STORED)
    if (stored === 'zh' || stored === 'en') return stored
  } catch {
    // Storage may be forbidden; the browser's language is then asked.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export function fromAddress(): View {
  const q = new URLSearchParams(location.search)
  const lang = q.get('lang')
  return {
    area: q.get('area'),
    asOf: q.get('as_of'),
    knownAt: q.get('known_at'),
    metric: q.get('metric') ?? METRIC,
    wall: q.get('wall') === '1',
    lang: lang === 'zh' || lang === 'en' ? lang : preferredLang(),
  }
}

function address(view: View): string {
  const q = new URLSearchParams()
  if (view.area) q.set('area', view.area)
  if (view.asOf) q.set('as_of', view.asOf)
  if (view.knownAt) q.set('known_at', view.knownAt)
  if (view.metric !== METRIC) q.set('metric', view.metric)
  q.set('lang', view.lang)
  if (view.wall) q.set('wall', '1')
  return `${location.pathname}?${q}${location.hash}`
}

export type Change = (part: Partial<View>, replace?: boolean) => void

export function useView(): [View, (change: Partial<View>, replace?: boolean) => void] {
  const [view, setView] = useState(fromAddress)
  useEffect(() => {
    const back = () => setView(fromAddress())
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  const change = useCallback((part: Partial<View>, replace = false) => {
    const next = { ...fromAddress(), ...part }
    if (part.lang) {
      try {
        localStorage.setItem(STORED, part.lang)
      } catch {
        // The choice then lasts as long as the address does.
      }
    }
    const to = address(next)
    if (replace) history.replaceState(null, '', to)
    else history.pushState(null, '', to)
    setView(next)
  }, [])
  return [view, change]
}
