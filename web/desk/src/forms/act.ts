import { useCallback, useRef, useState } from 'react'

/** One act at a time: whether it runs, and what it failed with. A second press while it runs does nothing. */
export function useAct(): {
  busy: boolean
  error: unknown
  run: <T>(act: () => Promise<T>) => Promise<T | undefined>
  clear: () => void
} {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const running = useRef(false)
  const run = useCallback(async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    if (running.current) return undefined
    running.current = true
    setBusy(true)
    setError(null)
    try {
      return await act()
    } catch (failed) {
      setError(failed)
      return undefined
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setError(null), [])
  return { busy, error, run, clear }
}
