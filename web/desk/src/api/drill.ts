import { asShown, ask, ROOT, reach, refusal } from './client'
import type { Schemas } from './types'

/** A drill's trainer: its course, its injects, its review. */

export type Board = Schemas['DrillBoardOut']
export type Review = Schemas['DrillReviewOut']
export type Errors = Schemas['DrillErrorsOut']
export type Difference = Schemas['DrillDifferenceOut']
export type PlanTask = Review['tasks'][number]
export type Act = Schemas['DrillClockIn']['act']

export const drill = {
  board: (signal?: AbortSignal) => ask<Board>('/drill', { signal }),
  clock: (act: Act, day_minutes: number | null = null) => ask<Board>('/drill/clock', { body: { act, day_minutes } }),
  inject: (body: Schemas['DrillInjectIn']) => ask<Board>('/drill/injects', { body }),
  open: (early: boolean) => ask<Board>('/drill/review', { body: { early } }),
  review: (signal?: AbortSignal) => ask<Review>('/drill/review', { signal }),
  differences: async () => {
    const answer = await reach(`${ROOT}/drill/review/differences`, { headers: asShown() })
    if (!answer.ok) throw await refusal(answer)
    return answer.blob()
  },
}
