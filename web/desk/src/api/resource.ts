import { useCallback, useEffect, useState } from 'react'

export interface Resource<T> {
  data: T | null
  error: Error | null
  loading: boolean
  retry: () => void
}

/**
 * What `load` answers for `key`. A null key asks nothing. With `keep` the data of the key before stay until new ones are
 * there, beside the error where there is one: the page that keeps them says whose they are.
 */
export function useResource<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  keep: 'keep' | 'drop' = 'drop',
): Resource<T> {
  const [state, setState] = useState<{ data: T | null; of: string | null; error: Error | null; done: string | null }>({
    data: null,
    of: null,
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
      (data) => {
        if (!control.signal.aborted) setState({ data, of: key, error: null, done: wanted })
      },
      (error: Error) => {
        if (!control.signal.aborted) setState((before) => ({ ...before, error, done: wanted }))
      },
    )
    return () => control.abort()
  }, [wanted])
  const retry = useCallback(() => setAttempt((n) => n + 1), [])
  const loading = wanted !== null && state.done !== wanted
  const data = keep === 'keep' || state.of === key ? state.data : null
  return { data, error: loading ? null : state.error, loading, retry }
}
