import type { Terms, Word } from '../../api/mobilisation'

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

export const LIVE = ['mobilisation'] as const
export const FUNCTIONS = ['tracing', 'service', 'publicity', 'emergency', 'medical', 'transport'] as const
export const QUALIFIERS = ['exact', 'at_least', 'about', 'at_most'] as const
