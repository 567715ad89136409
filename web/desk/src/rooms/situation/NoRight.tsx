import { useAreaName } from '../../forms/AreaName'
import { pathOf, type Route } from '../../route'
import { groupsFor } from '../../doors'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** A shared address leads to what somebody may not see, or what is not there; both look the same. `area` is one's own. */
export function NoRight({ area }: { area: string | null }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const name = useAreaName(area ?? '')
  if (!session) return null
  const doors = groupsFor(session, may).flatMap((group) => group.doors)
  return (
    <section className="card state no-right" aria-labelledby="no-right">
      <h1 id="no-right">{w.t('si.no_right.title')}</h1>
      <p className="muted">{w.t('si.no_right.text')}</p>
      {area && (
        <p>
          <a className="go" href={pathOf({ room: 'situation' })}>
            {w.t('si.no_right.own', { area: name })}
          </a>
        </p>
      )}
      {doors.length > 0 && (
        <>
          <h2>{w.t('si.no_right.instead')}</h2>
          <ul className="doors-instead">
            {doors.map((door) => (
              <li key={door.to}>
                <a href={pathOf({ room: door.to } as Route)}>{w.t(door.title)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
