import type { Home, HomeMoment } from '../../api/home'
import { clock } from '../../moments'
import { Term } from '../../parts/Term'
import { useSpoken } from './words'

/** The times of the day, one below the other: what is due, what came, what is late; now stands between them. */
export function Rhythm({ of }: { of: Home }) {
  const w = useSpoken()
  if (!of.moments.length) return null
  const now = Date.parse(of.now)
  const next = of.moments.findIndex((one) => Date.parse(one.at) > now)
  const here = next < 0 ? of.moments.length : next
  return (
    <section className="card rhythm" aria-labelledby="rhythm-title">
      <header>
        <h2 id="rhythm-title">
          <Term room="today" of="time of the system day">
            {w.t('today.rhythm')}
          </Term>
        </h2>
      </header>
      <ol>
        {of.moments.slice(0, here).map((one) => (
          <Time key={one.code} of={one} last={false} />
        ))}
        <li className="now" aria-current="time">
          {w.t('today.now', { time: clock(of.now) })}
        </li>
        {of.moments.slice(here).map((one, at) => (
          <Time key={one.code} of={one} last={here + at === of.moments.length - 1} />
        ))}
      </ol>
      <details>
        <summary className="muted small">{w.t('today.source')}</summary>
        <p className="muted small">{w.name({ zh: of.source_zh, en: of.source })}</p>
      </details>
    </section>
  )
}

/** One time. Midnight at the end of a day is 24:00. */
function Time({ of, last }: { of: HomeMoment; last: boolean }) {
  const w = useSpoken()
  const at = clock(of.at)
  const [due, done] = [of.due ?? 0, of.done ?? 0]
  const late = of.stands === 'late'
  return (
    <li className={of.stands}>
      <time dateTime={of.at}>{at === '00:00' && last ? '24:00' : at}</time>
      <a href={`#${of.room}`}>{w.name(of)}</a>
      <span className="stands">
        {due > 0 && !late && (
          <>
            <span aria-hidden>{w.t('today.done', { done: w.n(done), due: w.n(due) })}</span>
            <span className="sr">{w.t('today.done.said', { done: w.n(done), due: w.n(due) })}</span>
          </>
        )}
        <span className={TAGS[of.stands]}>
          {late ? w.t('today.late_n', { n: w.n(due - done) }) : w.t(`day.stands.${of.stands}`)}
        </span>
      </span>
    </li>
  )
}

/** Where the place on the line says it already, the word is for those who hear the page. */
const TAGS: Record<HomeMoment['stands'], string> = {
  ahead: 'sr',
  waited_for: 'tag warns',
  came: 'tag active',
  late: 'tag fails',
  passed: 'sr',
}
