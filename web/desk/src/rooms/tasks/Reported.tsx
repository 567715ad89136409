import { care } from '../../api/care'
import { useResource } from '../../api/resource'
import type { Task } from '../../api/tasks'
import { useSession } from '../../session'
import { useSpoken } from './words'

export const CALL_BACK = 'care.call_back'

/** What those said of themselves on the open page who asked to be called, by what the task is about. */
export function useReported(of: Task[]): (task: Task) => string {
  const w = useSpoken()
  const { session, may } = useSession()
  const asked = may('care.answer') && of.some((t) => t.rule === CALL_BACK)
  const calls = useResource(asked ? `calls|${session?.area}` : null, care.calls)
  const terms = useResource(asked ? 'care-terms' : null, care.terms)
  return (task) => {
    const one = task.rule === CALL_BACK && calls.data?.find((each) => each.id === task.of)
    if (!one) return ''
    const felt = one.symptoms.map((code) => {
      const its = terms.data?.symptoms.find((each) => each.code === code)
      return its ? w.name(its) : code
    })
    const temp = one.temp_c === null ? [] : [`${w.n(one.temp_c)} °C`]
    return [...felt, ...temp, w.t(`tasks.speaks.${one.language}`)].join(' · ')
  }
}
