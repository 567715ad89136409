import { useEffect } from 'react'
import { ask } from './client'
import { type Resource, useResource } from './resource'
import type { Schemas } from './types'

/** What a role opens the day with. */
export type Home = Schemas['HomeOut']
export type HomeMoment = Schemas['HomeMomentOut']
export type Division = Schemas['ChildOut']

export const home = {
  today: (signal?: AbortSignal) => ask<Home>('/home', { signal }),
  /** The divisions of one's own area that somebody may mean who has typed this. */
  divisions: (text: string, signal?: AbortSignal) => ask<Division[]>('/divisions/find', { signal, body: { text } }),
}

const ASKED_MS = 60_000

/** The day, asked anew by the minute and when somebody comes back to the page. */
export function useToday(): Resource<Home> {
  const found = useResource('home', home.today, 'keep')
  const { retry } = found
  useEffect(() => {
    const back = () => document.visibilityState === 'visible' && retry()
    const asking = setInterval(back, ASKED_MS)
    document.addEventListener('visibilitychange', back)
    return () => {
      clearInterval(asking)
      document.removeEventListener('visibilitychange', back)
    }
  }, [retry])
  return found
}
