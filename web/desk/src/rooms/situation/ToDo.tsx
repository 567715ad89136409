import { isBehind, groupsFor } from '../../doors'
import { pathOf, type Room, type Route } from '../../route'
import { useSession } from '../../session'
import type { Explained, Shared } from './Situation'
import { unitOf } from './groups'
import { useSpoken } from './words'

/** What waits to be worked on, each with the room where that is done. */
const WORK = [
  'tasks_open',
  'signals_open',
  'suspected',
  'contacts_to_trace',
  'contacts_observing',
  'orders_active',
  'posts_active',
]

export function ToDo({ shown, registry, view, explain }: Shared & { explain: Explained }) {
  const w = useSpoken()
  const { session, may } = useSession()
  if (!session) return null
  const doors = groupsFor(session, may).flatMap((group) => group.doors)
  const lines = WORK.flatMap((key) => {
    const of = registry.find((one) => one.key === key)
    const n = shown.figures[key]?.n
    const door = of?.room ? doors.find((one) => isBehind(one, of.room as Room)) : undefined
    return of && n && door ? [{ of, n, door }] : []
  })
  const area = encodeURIComponent(view.part ?? view.area)
  return (
    <section className="card to-do" aria-labelledby="to-do-title">
      <header>
        <h2 id="to-do-title">{w.t('si.todo')}</h2>
      </header>
      <ul className="lines">
        {lines.map(({ of, n, door }) => (
          <li key={of.key}>
            <button
              type="button"
              className="figure"
              aria-label={w.t('si.tile.open', { name: w.name(of), value: `${w.n(n)} ${unitOf(of.unit, w)}` })}
              onClick={() => explain(of.key)}
            >
              {w.n(n)}
              <small> {unitOf(of.unit, w)}</small>
            </button>
            <span>{w.name(of)}</span>
            <a className="go" href={`${pathOf({ room: door.to } as Route)}?area=${area}`}>
              {w.t('si.todo.to', { room: w.t(door.title) })}
            </a>
          </li>
        ))}
        {may('bulletins.read') && (
          <li>
            <span>{w.t('si.todo.notices')}</span>
            <a className="go" href={pathOf({ room: 'figures' })}>
              {w.t('si.todo.to', { room: w.t('menu.figures') })}
            </a>
          </li>
        )}
        {may('warning.read') && (
          <li>
            <span>{w.t('si.todo.judge')}</span>
            <a className="go" href={`#area?area=${area}`}>
              {w.t('si.todo.to', { room: w.t('menu.area') })}
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}
