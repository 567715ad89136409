import { api } from '../api/client'
import type { Place } from '../api/types'

/** Divisions change once in years: each is asked for once. */
const asked = new Map<string, ReturnType<typeof api.place>>()
const answered = new Map<string, Place>()

/** A division that was asked for before: a list that is scrolled back shows its names at once. */
export const placeKnown = (code: string): Place | undefined => answered.get(code)

export function place(code: string, signal?: AbortSignal): ReturnType<typeof api.place> {
  const known = asked.get(code)
  if (known) return known
  const answer = api.place(code, signal)
  asked.set(code, answer)
  answer.then(
    (its) => answered.set(code, its),
    () => asked.delete(code),
  )
  return answer
}
