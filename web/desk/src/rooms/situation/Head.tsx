import { plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { NextCut } from '../../parts/NextCut'
import { useSession } from '../../session'
import type { Shared } from './Situation'
import { type Spoken, useSpoken } from './words'

/** A past day is told whole, today up to now. */
export function asOf({ day, as_of }: Shared['whole'], today: string, w: Spoken): string {
  return day < today ? w.t('si.as_of.day', { day: w.day(day) }) : w.t('head.as_of', { moment: w.moment(as_of) })
}

/** Of what area, as of when, by what was known when; how high the level stands and what the day comes to next. */
export function Head({ whole, view, day, today, reading }: Shared) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <div className="heading situation-head">
      <div>
        <h1>{w.t('si.title', { area: w.name(whole.area) })}</h1>
        <p>
          <strong>{asOf(whole, today, w)}</strong>
          <span className={reading === 'now' ? undefined : 'back-then'}>
            {reading === 'now' ? w.t('si.known.now') : w.t('si.known.at', { moment: w.moment(whole.known_at) })}
          </span>
          <span>{w.t('si.seq', { seq: w.n(whole.seq) })}</span>
        </p>
      </div>
      <ul className="at-once">
        {may('plans.read') && <Level area={view.area} />}
        {may('plans.read') && <Posts area={view.area} />}
        {day && (
          <li className="next-cut">
            <NextCut of={day} />
          </li>
        )}
      </ul>
    </div>
  )
}

const COMMAND = ['command'] as const

function Level({ area }: { area: string }) {
  const w = useSpoken()
  const { data } = useResource(`level|${area}`, (signal) => plans.response(area, signal), 'keep', COMMAND)
  if (!data) return null
  const level = data.level ?? data.above[0]
  return (
    <li className={level ? 'level declared' : 'level'}>
      <a href="#plans">
        <span className="muted">{w.t('si.level')}</span>{' '}
        <strong>{level ? w.t('si.level.of', { level: level.level }) : w.t('si.level.none')}</strong>
      </a>
    </li>
  )
}

/** How many divisions right below have a command post; who has none stands in the link's own words. */
function Posts({ area }: { area: string }) {
  const w = useSpoken()
  const { data } = useResource(`posts|${area}`, (signal) => plans.commandPosts(area, signal), 'keep', COMMAND)
  if (!data?.of) return null
  const missing = data.areas.filter((one) => !one.post).map(w.name)
  const said = w.t('si.posts.of', { n: w.n(data.n), of: w.n(data.of) })
  const without = missing.length ? w.t('si.posts.without', { areas: missing.join(w.t('list.comma')) }) : ''
  return (
    <li>
      <a
        href={`#plans?show=posts&area=${encodeURIComponent(area)}`}
        title={without || undefined}
        aria-label={[w.t('si.posts'), said, without].filter(Boolean).join(w.t('list.comma'))}
      >
        <span className="muted">{w.t('si.posts')}</span> <strong>{said}</strong>
      </a>
    </li>
  )
}
