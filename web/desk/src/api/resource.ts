import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from './client'
import { returns } from './connection'
import { onTold, type Topic } from './live'

export interface Resource<T> {
  data: T | null
  error: Error | null
  loading: boolean
  /** The page asked for these data by itself, because something had changed: nobody waits for them. */
  followed: boolean
  retry: () => void
}

/** When the last asking began, in milliseconds since the page was opened, and how long it took. */
export interface Asking {
  running: boolean
  began: number
  took: number
}

interface Held<T> {
  data: T | null
  of: string | null
  error: Error | null
  done: string | null
  followed: boolean
}

/** So long a resource waits at least between two askings of its own, and so many times as long as the last one took. */
const APART_MS = 1_000
const APART_TIMES = 4

/**
 * What `load` answers for `key`. A null key asks nothing. With `keep` the data of the key before stay until new ones are
 * there, beside the error where there is one: the page that keeps them says whose they are. When something of the `live`
 * topics changed it is asked again by itself: nothing on the page says so, and what is shown stays until then.
 */
export function useResource<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  keep: 'keep' | 'drop' = 'drop',
  live?: readonly Topic[],
): Resource<T> {
  const [state, setState] = useState<Held<T>>({ data: null, of: null, error: null, done: null, followed: false })
  const [attempt, setAttempt] = useState<{ n: number; itself: string | null }>({ n: 0, itself: null })
  const wanted = key === null ? null : `${key}#${attempt.n}`
  /** Nobody asked: the page itself did, for what it shows already. */
  const itself = key !== null && attempt.itself === key && state.of === key
  const asked = useRef<Asking>({ running: false, began: 0, took: 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is a new closure at each render; the key names it.
  useEffect(() => {
    if (wanted === null) return
    const control = new AbortController()
    const began = performance.now()
    asked.current = { ...asked.current, running: true, began }
    const answered = (next: (before: Held<T>) => Held<T>) => {
      if (control.signal.aborted) return
      asked.current = { running: false, began, took: performance.now() - began }
      setState(next)
    }
    load(control.signal).then(
      (data) =>
        answered((before) => ({
          data: itself ? kept(before.data, data) : data,
          of: key,
          error: null,
          done: wanted,
          followed: itself,
        })),
      (error: Error) =>
        answered((before) => ({ ...before, error: itself && passing(error) ? before.error : error, done: wanted })),
    )
    return () => control.abort()
  }, [wanted])
  const retry = useCallback(() => setAttempt(({ n }) => ({ n: n + 1, itself: null })), [])
  const again = useCallback(() => setAttempt(({ n }) => ({ n: n + 1, itself: key })), [key])
  useLive(key === null ? undefined : live, asked, again)
  const unreached = state.error instanceof ApiError && state.error.kind === 'unreachable'
  useEffect(() => {
    if (!unreached) return
    returns.addEventListener('back', retry)
    return () => returns.removeEventListener('back', retry)
  }, [unreached, retry])
  const loading = wanted !== null && state.done !== wanted && !itself
  const data = keep === 'keep' || state.of === key ? state.data : null
  return { data, error: loading ? null : state.error, loading, followed: state.followed, retry }
}

/** Asks again when something of the topics changed: one request at a time, and none while the page is hidden. */
export function useLive(live: readonly Topic[] | undefined, asked: { current: Asking }, again: () => void) {
  const topics = live?.join(' ')
  useEffect(() => {
    if (topics === undefined) return
    const own = new Set<string>(topics.split(' '))
    let stale = false
    let timer: ReturnType<typeof setTimeout> | null = null
    const go = () => {
      timer = null
      if (!stale || document.hidden) return
      const { running, began, took } = asked.current
      const wait = began + took + Math.max(APART_MS, APART_TIMES * took) - performance.now()
      if (running || wait > 0) {
        timer = setTimeout(go, running ? APART_MS / 4 : wait)
        return
      }
      stale = false
      again()
    }
    const heard = onTold((told) => {
      if (told === null ? asked.current.running : !told.some((topic) => own.has(topic))) return
      stale = true
      if (timer === null) go()
    })
    const shown = () => {
      if (timer === null) go()
    }
    document.addEventListener('visibilitychange', shown)
    return () => {
      heard()
      if (timer) clearTimeout(timer)
      document.removeEventListener('visibilitychange', shown)
    }
  }, [topics, asked, again])
}

/** What passes by itself: the page says that there is no connection, and asks again when there is one. */
export const passing = (error: Error) =>
  error instanceof ApiError && ['unreachable', 'broken', 'too_many'].includes(error.kind)

/** The data of before where nothing differs: whatever on the page hangs on them stays as it is. */
function kept<T>(before: T | null, now: T): T {
  return before !== null && JSON.stringify(before) === JSON.stringify(now) ? before : now
}
