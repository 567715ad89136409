import type { Home } from '../../api/home'
import { tasks } from '../../api/tasks'
import { useSession } from '../../session'
import { NamesDoor, useShown } from '../isolation/names'
import { Lines } from '../tasks/Lines'
import '../../styles/tasks.css'
import { useSpoken } from './words'

/** The first of what one has to do, by when it falls due, to be done from here. */
export function Work({ of, recorded }: { of: Home; recorded: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const about = of.tasks.filter((task) => task.person)
  const names = useShown(about.map((task) => task.id).join('|'), async (purpose, signal) => {
    const { people } = await tasks.people(about, purpose, signal)
    return { people, cut: false }
  })
  const {
    late = 0,
    missed = 0,
    open = 0,
    ahead = 0,
    done = 0,
    done_late = 0,
  } = (of.sums_only ? of.standing : of.own) ?? {}
  const counts = { late: w.n(late + missed), open: w.n(open), ahead: w.n(ahead), done: w.n(done + done_late) }
  return (
    <section className="card work" aria-labelledby="work-title">
      <header>
        <h2 id="work-title">{w.t('today.work')}</h2>
        {of.standing && !of.sums_only && <p className="muted">{w.t('today.work.counts', counts)}</p>}
        {about.length > 0 && <NamesDoor names={names} />}
      </header>
      {of.tasks.length > 0 ? (
        <Lines
          of={of.tasks}
          rules={of.rules}
          names={names}
          chosen={null}
          choose={() => undefined}
          recorded={recorded}
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
