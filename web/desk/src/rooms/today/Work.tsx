import { useState } from 'react'
import type { Home, HomeTasks } from '../../api/home'
import { useResource } from '../../api/resource'
import { tasks } from '../../api/tasks'
import Dressed from '../../parts/Dressed'
import { useSession } from '../../session'
import { NamesDoor, useShown } from '../isolation/names'
import { Lines } from '../tasks/Lines'
import '../../styles/tasks.css'
import { useSpoken } from './words'

/** More than these of one kind in one place are looked at in the list of tasks. */
const MOST_HERE = 50

const keyOf = ({ first }: HomeTasks) => `${first.rule}|${first.area}`

interface Props {
  of: Home
  recorded: () => void
}

/** What one has to do first, by when it falls due, to be done from here; what is alike in one place stands together. */
export default function Work(props: Props) {
  return (
    <Dressed>
      <ToDo {...props} />
    </Dressed>
  )
}

function ToDo({ of, recorded }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const { shown, called, open, turn, again } = useUnfolded(of)
  const about = shown.filter((task) => task.person)
  const names = useShown(about.map((task) => task.id).join('|'), async (purpose, signal) => {
    const { people } = await tasks.people(about, purpose, signal)
    return { people, cut: false }
  })
  const {
    late = 0,
    missed = 0,
    open: due = 0,
    ahead = 0,
    done = 0,
    done_late = 0,
  } = (of.sums_only ? of.standing : of.own) ?? {}
  const counts = { late: w.n(late + missed), open: w.n(due), ahead: w.n(ahead), done: w.n(done + done_late) }
  const groups = new Map(of.tasks.map((group) => [group.first.id, group]))
  return (
    <section className="card work sentences" aria-labelledby="work-title">
      <header>
        <h2 id="work-title">{w.t('today.work')}</h2>
        {of.standing && !of.sums_only && <p className="muted">{w.t('today.work.counts', counts)}</p>}
        {about.length > 0 && <NamesDoor names={names} />}
      </header>
      {of.tasks.length > 0 ? (
        <Lines
          of={shown}
          rules={of.rules}
          names={names}
          called={called}
          chosen={null}
          choose={() => undefined}
          recorded={() => {
            recorded()
            again()
          }}
          total={shown.length}
          more={null}
          busy={false}
          alike={(task) => {
            const group = groups.get(task.id)
            return group && group.n > 1 ? <Alike of={group} open={open.has(keyOf(group))} turn={turn} /> : null
          }}
        />
      ) : (
        <p className="muted">
          {w.t(of.sums_only ? 'today.work.sums' : of.standing ? 'today.work.none' : 'today.work.no_tasks', counts)}
        </p>
      )}
      {may('tasks.read') && (
        <p className="on">
          <a href={of.sums_only ? '#tasks' : '#tasks?mine=true'}>{w.t('today.work.all')}</a>
        </p>
      )}
    </section>
  )
}

/** The first task of each group, and behind it the others of the groups that were unfolded. */
function useUnfolded(of: Home) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const unfolded = of.tasks.filter((group) => open.has(keyOf(group)))
  const key = unfolded.map((group) => `${keyOf(group)}|${group.n}`).join()
  const others = useResource(
    key ? `alike|${key}` : null,
    async (signal) => {
      const state = ['open', 'late']
      const asked = unfolded.map(({ first: { rule, area } }) => tasks.list({ mine: 'true', rule, area, state }, signal))
      return Promise.all(asked)
    },
    'keep',
  )
  const pages = others.data ?? []
  const called = Object.assign({}, ...pages.map((page) => page.names), of.names) as Home['names']
  const shown = of.tasks.flatMap((group) => {
    const { first } = group
    const alike = open.has(keyOf(group)) ? pages.flatMap((page) => page.tasks) : []
    return [first, ...alike.filter((t) => t.rule === first.rule && t.area === first.area && t.id !== first.id)]
  })
  const turn = (group: HomeTasks) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(keyOf(group))) after.add(keyOf(group))
      return after
    })
  return { shown, called, open, turn, again: others.retry }
}

/** How many more there are of the same kind in the same place. */
function Alike({ of, open, turn }: { of: HomeTasks; open: boolean; turn: (group: HomeTasks) => void }) {
  const w = useSpoken()
  const { rule, area } = of.first
  const text = w.t(of.late ? 'today.work.alike_late' : 'today.work.alike', { n: w.n(of.n), late: w.n(of.late) })
  if (of.n > MOST_HERE)
    return (
      <a className="alike" href={`#tasks?mine=true&rule=${rule}&area=${area}`}>
        {text}
      </a>
    )
  return (
    <button type="button" className="plain alike" aria-expanded={open} onClick={() => turn(of)}>
      {text}
    </button>
  )
}
