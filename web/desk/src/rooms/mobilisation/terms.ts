import type { Terms, Word } from '../../api/mobilisation'
import type { useSpoken } from './words'

/** The word of a code; the code itself where the policy of today has none. */
export function wordOf(words: Word[], code: string): { zh: string; en: string } {
  return words.find((one) => one.code === code) ?? { zh: code, en: code }
}

/** What a choice is made among. */
export function choices(words: Word[], name: (one: Word) => string) {
  return words.map((one) => ({ value: one.code, label: name(one) }))
}

export interface OfArea {
  area: string
  terms: Terms
}

/** From which day to which; of what goes on, since when. */
export function daysOf(w: ReturnType<typeof useSpoken>, first: string, last: string | null): string {
  return last ? `${w.day(first)} – ${w.day(last)}` : w.t('mob.since', { day: w.day(first) })
}

export const LIVE = ['mobilisation'] as const
export const FUNCTIONS = ['tracing', 'service', 'publicity', 'emergency', 'medical', 'transport'] as const
export const QUALIFIERS = ['exact', 'at_least', 'about', 'at_most'] as const
