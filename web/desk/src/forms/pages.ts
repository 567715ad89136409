import { useMemo, useState } from 'react'
import { useAct } from './act'

/** So many rows are asked for at once after the first page. */
export const NEXT_ROWS = 200

interface Pages<P> {
  pages: readonly P[]
  /** Asks for the next page; null where there is none. */
  more: (() => void) | null
  busy: boolean
  error: unknown
}

/** A list whose server gives a page and where the next one begins. Another list mounts anew: give it a key. */
export function usePages<P>(
  first: P,
  nextOf: (page: P) => string | null,
  load: (after: string) => Promise<P>,
): Pages<P> {
  const { busy, error, run } = useAct()
  const [added, setAdded] = useState<readonly P[]>([])
  const pages = useMemo(() => [first, ...added], [first, added])
  const after = nextOf(pages[pages.length - 1] as P)
  const ask = async () => {
    const page = await load(after as string)
    setAdded((before) => [...before, page])
  }
  return { pages, more: after === null ? null : () => void run(ask), busy, error }
}
