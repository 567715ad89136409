import { useEffect, useState } from 'react'
import { api } from '../api/client'
import { useResource } from '../api/resource'

const TICK_MS = 30_000

/** The server's clock, in milliseconds: a browser's own may be wrong, and the demonstration lives in its own time. */
export function useNow(): number | null {
  const asked = useResource('now', async (signal) => {
    const { server_time } = await api.session(signal)
    return Date.parse(server_time) - performance.now()
  })
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return asked.data === null ? null : asked.data + performance.now()
}
