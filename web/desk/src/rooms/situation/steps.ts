import { useCallback, useEffect, useRef, useState } from 'react'
import type { Topic } from '../../api/live'
import { type Asking, passing, useLive } from '../../api/resource'

/** What changes the figures of an area. */
export const LIVE: readonly Topic[] = [
  'cases',
  'contacts',
  'isolation',
  'screening',
  'gates',
  'checkpoints',
  'tasks',
  'warning',
  'command',
]

export interface Steps<T> {
  data: T | null
  /** What `data` answers; another one than was asked for while that is on its way. */
  of: string | null
  error: Error | null
  loading: boolean
  retry: () => void
}

interface Shown<T> {
  data: T | null
  of: string | null
  error: Error | null
  /** Which question the error answers. */
  failed: string | null
}

/**
 * Answers to questions that follow each other faster than they are answered, as those of a slider do: one is on its way
 * at a time, the next is the one that is wanted by then, and what was answered before is there at once. When something
 * of the `live` topics changed all is asked anew, and what is shown stays until then. A null key asks nothing.
 */
export function useSteps<T>(key: string | null, load: () => Promise<T>, live?: readonly Topic[]): Steps<T> {
  const [shown, show] = useState<Shown<T>>({ data: null, of: null, error: null, failed: null })
  const kept = useRef(new Map<string, T>())
  const wanted = useRef({ key, load })
  const asking = useRef<Asking>({ running: false, began: 0, took: 0 })
  wanted.current = { key, load }

  const run = useCallback(async () => {
    if (asking.current.running) return
    for (;;) {
      const now = wanted.current
      if (now.key === null) return
      const began = performance.now()
      asking.current = { ...asking.current, running: true, began }
      try {
        const data = kept.current.get(now.key) ?? (await now.load())
        kept.current.set(now.key, data)
        show({ data, of: now.key, error: null, failed: null })
      } catch (error) {
        show((before) => failing(before, now.key as string, error as Error))
      }
      asking.current = { running: false, began, took: performance.now() - began }
      if (wanted.current.key === now.key) return
    }
  }, [])

  useEffect(() => {
    if (key !== null) void run()
  }, [key, run])
  const retry = useCallback(() => {
    kept.current.clear()
    void run()
  }, [run])
  useLive(key === null ? undefined : live, asking, retry)
  const failed = key !== null && shown.failed === key
  return {
    data: key === null ? null : shown.data,
    of: shown.of,
    error: failed ? shown.error : null,
    loading: key !== null && shown.of !== key && !failed,
    retry,
  }
}

/** What is shown stays where it was only to be renewed and the connection will come back. */
function failing<T>(before: Shown<T>, key: string, error: Error): Shown<T> {
  return before.of === key && passing(error) ? before : { ...before, error, failed: key }
}
