import { lazy, Suspense } from 'react'
import { type Home, useToday } from '../../api/home'
import { groupsFor } from '../../doors'
import { wholeDay } from '../../moments'
import { NextCut } from '../../parts/NextCut'
import { Failure, Loading } from '../../parts/States'
import { pathOf, type Route } from '../../route'
import { useSession, worn } from '../../session'
import '../../styles/today.css'
import { Rhythm } from './Rhythm'
import { State } from './State'
import { screensOf } from './screens'
import { useSpoken } from './words'

const Work = lazy(() => import('./Work'))

/** What a role opens the day with: how its area stands, what is to be done, and where the day stands. */
export default function Today() {
  const found = useToday()
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <Head of={of} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      <State now={of.now} />
      <div className="two today">
        <Suspense fallback={<Loading />}>
          <Work of={of} recorded={found.retry} />
        </Suspense>
        <Rhythm of={of} />
      </div>
      <Screens />
    </>
  )
}

/** Which day, whose, and what comes next. */
function Head({ of }: { of: Home }) {
  const w = useSpoken()
  const { session } = useSession()
  const hat = worn(session)
  return (
    <div className="heading today-head">
      <div>
        <h1>{w.t('today.title')}</h1>
        <p>
          <strong>{wholeDay(of.now, w.lang)}</strong>
          {hat && (
            <span>
              {w.lang === 'zh' ? hat.area_zh : hat.area_en} · {w.lang === 'zh' ? hat.role_zh : hat.role_en}
            </span>
          )}
        </p>
      </div>
      <p className="next">
        <NextCut of={of} />
      </p>
    </div>
  )
}

/** The screens that the role works with most. */
function Screens() {
  const w = useSpoken()
  const { session, may } = useSession()
  if (!session) return null
  const doors = groupsFor(session, may).flatMap((group) => group.doors)
  const shown = screensOf(session.role).flatMap((room) => doors.filter((door) => door.to === room))
  if (!shown.length) return null
  return (
    <nav className="screens" aria-label={w.t('today.screens')}>
      {shown.map((door) => (
        <a key={door.to} className="card" href={pathOf({ room: door.to } as Route)}>
          {w.t(door.title)}
        </a>
      ))}
    </nav>
  )
}
