import { type PlanCard, plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import type { Task } from '../../api/tasks'
import { useSession } from '../../session'
import { titled } from '../plans/titled'
import { useSpoken } from './words'

type Item = PlanCard['activations'][number]['checklists'][number]['tasks'][number]

/** What the items of plans are called that tasks ask for: a task itself tells their codes. */
export function usePlanItems(of: readonly Task[]): (task: Task) => string {
  const w = useSpoken()
  const { may } = useSession()
  const lists = [...new Set(of.filter((one) => one.rule === 'plan.item').map((one) => one.of))]
  const found = useResource(
    lists.length && may('plans.read') ? `items|${lists.join()}` : null,
    (signal) => itemsOf(lists, signal),
    'keep',
  )
  return ({ of: list, slot }) => {
    const its = found.data?.get(`${list}|${slot}`)
    return its ? w.name(titled(its)) : w.t('tasks.plan')
  }
}

/** The items of checklists, by checklist and code; the card of a plan tells of all of its checklists at once. */
async function itemsOf(lists: readonly string[], signal: AbortSignal) {
  const items = new Map<string, Item>()
  const told = new Set<string>()
  for (const id of lists) {
    if (told.has(id)) continue
    for (const one of (await plans.card(id, signal)).activations.flatMap((active) => active.checklists)) {
      told.add(one.id)
      for (const task of one.tasks) items.set(`${one.id}|${task.item}`, task)
    }
  }
  return items
}
