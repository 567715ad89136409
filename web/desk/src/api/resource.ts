import { useCallback, useEffect, useState } from 'react'

export interface Resource<T> {
  data: T | null
  error: Error | null
  loading: boolean
  retry: () => void
}

/**
 * What `load` answers for `key`. Data of the key before stay until the new ones are there, so that the page does not
 * blink; a failure keeps them too, beside the error. A null key asks nothing.
 */
export function useResource<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [state, setState] = useState<{ data: T | null; error: Error | null; done: string | null }>({
    data: null,
    error: null,
    done: null,
  })
  const [attempt, setAttempt] = useState(0)
  const wanted = key === null ? null : `${key}#${attempt}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is a new closure at each render; the key names it.
  useEffect(() => {
    if (wanted === null) return
    const control = new AbortController()
    load(control.signal).then(
      (data) => setState({ data, error: null, done: wanted }),
      (error: Error) => {
        if (!control.signal.aborted) setState((before) => ({ ...before, error, done: wanted }))
      },
    )
    return () => control.abort()
  }, [wanted])
  const retry = useCallback(() => setAttempt((n) => n + 1), [])
  const loading = wanted !== null && state.done !== wanted
  return { data: state.data, error: loading ? null : state.error, loading, retry }
}
