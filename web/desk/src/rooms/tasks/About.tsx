import type { Task } from '../../api/tasks'
import { pathOf, type Route } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** The room of what a task is about, and what opens it. */
const CARDS: Record<string, [Route['room'], string]> = {
  case: ['case', 'cases.read'],
  contact: ['contact', 'contacts.read'],
  station: ['station', 'stations.read'],
  isolation: ['order', 'isolation.read'],
  plan: ['plan', 'plans.read'],
  'post.staff': ['gate', 'gates.read'],
  'post.treat': ['gate', 'gates.read'],
  stock: ['store', 'supplies.read'],
}

type Board =
  | 'beds'
  | 'coverage'
  | 'errands'
  | 'gates'
  | 'measures'
  | 'mobilisation'
  | 'notices'
  | 'openly'
  | 'oversight'
  | 'production'
  | 'supplies'
  | 'triage'

/** Where in which room those are listed that have no card of their own. */
const BOARDS: Record<string, [Board, string, string]> = {
  call: ['mobilisation', 'show=calls', 'calls.read'],
  dispatch: ['supplies', 'show=dispatches', 'supplies.read'],
  errand: ['errands', '', 'errands.read'],
  experts: ['triage', 'show=experts', 'experts.read'],
  feedback: ['openly', '', 'feedback.answer'],
  finding: ['oversight', 'show=findings', 'findings.read'],
  gate: ['gates', '', 'holds.read'],
  'gate.rectify': ['gates', 'show=inspections&state=open', 'gates.read'],
  'gate.recheck': ['gates', 'show=inspections&state=recheck', 'gates.read'],
  gathering: ['measures', 'show=gatherings', 'plans.read'],
  instruction: ['notices', 'show=receipts', 'plans.read'],
  production: ['production', 'show=producers', 'production.read'],
  referral: ['triage', 'show=referrals', 'referrals.read'],
  relief: ['mobilisation', 'show=relief', 'teams.read'],
  screening: ['coverage', 'show=daily', 'screening.read'],
  staff: ['mobilisation', 'show=staff', 'teams.read'],
  support: ['production', 'show=support', 'support.read'],
  ticket: ['notices', 'show=tickets', 'plans.read'],
  transfer: ['beds', 'show=transfers', 'transfers.read'],
  triage: ['triage', 'show=queue', 'triage.read'],
}

/** Those whose things have a number to be named by. */
const NUMBERED = ['case', 'contact', 'arrival', 'need'] as const

interface Names {
  /** What a station is called, by its id. */
  place: (station: string) => string
  /** What the item of a plan is called that a task asks for. */
  item: (task: Task) => string
}

/** What a task is about, with the way to its card, or to where such things are listed, where the role may open it. */
export function About({ task, ...names }: { task: Task } & Names) {
  const w = useSpoken()
  const { may } = useSession()
  const kind = task.rule.split('.')[0] ?? ''
  const [to, part, allowed] = BOARDS[task.rule] ?? BOARDS[kind] ?? []
  const board = to && allowed && may(allowed) ? to : null
  const title = nameOf(kind, task, names, w) || (board && w.t(`menu.${board}`))
  // Who carries orders and has no list of them here has one in the field app.
  if (kind === 'errand' && !board && may('errands.carry')) return <a href="/field/#/orders">{w.t('tasks.field')}</a>
  if (board) {
    const asked = kind === 'finding' ? `${part}&finding=${task.of}` : part
    return <a href={`#${board}${asked && `?${asked}`}`}>{title}</a>
  }
  const [room, action] = CARDS[task.rule] ?? CARDS[kind] ?? []
  if (!room || !action || !may(action)) return <>{title}</>
  return <a href={pathOf({ room, id: task.of } as Route)}>{title || w.t('tasks.other')}</a>
}

/** By what a reader knows the thing; empty where the task says it all. */
function nameOf(kind: string, task: Task, { place, item }: Names, w: ReturnType<typeof useSpoken>): string {
  const id = task.of.slice(-6)
  const numbered = NUMBERED.find((one) => one === kind)
  if (numbered) return w.t(`tasks.${numbered}`, { id })
  if (kind === 'isolation') return w.t('tasks.order', { id })
  if (kind === 'station') return w.t('tasks.station', { name: place(task.of) })
  if (kind === 'plan') return item(task)
  if (kind === 'call' || kind === 'staff' || kind === 'care' || kind === 'finding') return w.t(`tasks.${kind}`)
  return ''
}
