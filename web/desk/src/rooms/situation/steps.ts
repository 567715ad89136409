import { useCallback, useEffect, useRef, useState } from 'react'

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
 * at a time, the next is the one that is wanted by then, and what was answered before is there at once.
 * A null key asks nothing.
 */
export function useSteps<T>(key: string | null, load: () => Promise<T>): Steps<T> {
  const [shown, show] = useState<Shown<T>>({ data: null, of: null, error: null, failed: null })
  const kept = useRef(new Map<string, T>())
  const wanted = useRef({ key, load })
  const asking = useRef(false)
  wanted.current = { key, load }

  const run = useCallback(async () => {
    if (asking.current) return
    asking.current = true
    for (;;) {
      const now = wanted.current
      if (now.key === null) break
      const known = kept.current.get(now.key)
      try {
        const data = known ?? (await now.load())
        kept.current.set(now.key, data)
        show({ data, of: now.key, error: null, failed: null })
      } catch (error) {
        if (wanted.current.key === now.key) show((before) => ({ ...before, error: error as Error, failed: now.key }))
      }
      if (wanted.current.key === now.key) break
    }
    asking.current = false
  }, [])

  useEffect(() => {
    if (key !== null) void run()
  }, [key, run])
  const retry = useCallback(() => {
    kept.current.clear()
    void run()
  }, [run])
  const failed = key !== null && shown.failed === key
  return {
    data: key === null ? null : shown.data,
    of: shown.of,
    error: failed ? shown.error : null,
    loading: key !== null && shown.of !== key && !failed,
    retry,
  }
}
