import { useEffect } from 'react'
import { ask } from './client'
import type { Topic } from './live'
import { type Resource, useResource } from './resource'
import type { Schemas } from './types'

/** What a role opens the day with. */
export type Home = Schemas['HomeOut']
export type HomeMoment = Schemas['HomeMomentOut']
export type HomeTasks = Schemas['HomeTasksOut']

export const home = {
  today: (signal?: AbortSignal) => ask<Home>('/home', { signal }),
}

const ASKED_MS = 60_000
/** What the moments of a day are counted by. */
const LIVE: Topic[] = ['tasks', 'cases', 'contacts', 'isolation', 'screening', 'gates', 'warning', 'checkpoints']

/** The day, asked anew by the minute and when somebody comes back to the page. */
export function useToday(): Resource<Home> {
  const found = useResource('home', home.today, 'keep', LIVE)
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
