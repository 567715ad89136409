import { gates } from '../../api/gates'
import { useResource } from '../../api/resource'
import { wallMinute } from '../../moments'
import { useSpoken } from './words'

/** The words by which posts are described, and the thresholds in force. */
export function useTerms() {
  const w = useSpoken()
  const found = useResource('gate-terms', gates.terms)
  const words = (vocabulary: string) => found.data?.words[vocabulary] ?? []
  return {
    data: found.data,
    options: (vocabulary: string) => words(vocabulary).map((one) => ({ value: one.code, label: w.name(one) })),
    name: (vocabulary: string, code: string | null) => {
      const its = words(vocabulary).find((one) => one.code === code)
      return its ? w.name(its) : (code ?? '')
    },
  }
}

/** The time of day by the authority's clock; the end of a day is 24:00. */
export function clockTime(iso: string, end = false): string {
  const time = wallMinute(iso).slice(11)
  return end && time === '00:00' ? '24:00' : time
}

/** Minutes after midnight as a time of day. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** A time of day, 00:00 to 24:00, in minutes after midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
