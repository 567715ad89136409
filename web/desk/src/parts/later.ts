import { startTransition, useEffect, useState } from 'react'

/** False until what is shown first, from when it is `there`, has been painted: what may come a moment later does not
 * hold it up. It comes in slices, between which the page answers. */
export function useLater(there = true): boolean {
  const [later, setLater] = useState(false)
  useEffect(() => {
    if (!there) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setLater(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [there])
  return later
}
