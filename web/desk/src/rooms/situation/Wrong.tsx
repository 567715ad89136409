import { clock } from '../../moments'
import type { Explained, Shared } from './Situation'
import { useSpoken } from './words'

/** Figures that say by being there that something is wrong. */
const ALARMS = ['signals_open', 'tasks_late'] as const

/** What does not hold, what waits to be judged and what is late. */
export function Wrong({ shown, registry, day, explain }: Shared & { explain: Explained }) {
  const w = useSpoken()
  const failing = shown.checks.filter((one) => one.holds === false)
  const alarms = ALARMS.flatMap((key) => {
    const [of, figure] = [registry.find((one) => one.key === key), shown.figures[key]]
    return of && figure?.n ? [{ of, n: figure.n }] : []
  })
  const late = (day?.moments ?? []).filter((one) => one.stands === 'late')
  const holding = shown.checks.filter((one) => one.holds === true).length
  return (
    <section className="card wrong" aria-labelledby="wrong-title">
      <header>
        <h2 id="wrong-title">{w.t('si.wrong')}</h2>
        {shown.checks.length > 0 && (
          <span className="muted small">
            {w.t('si.checks', { holds: w.n(holding), all: w.n(shown.checks.length) })}
          </span>
        )}
      </header>
      {!failing.length && !alarms.length && !late.length && <p className="well">{w.t('si.wrong.none')}</p>}
      <ul className="lines">
        {failing.map((one) => (
          <li key={one.code} className="fails">
            <strong>{w.name(one)}</strong>
            {one.detail && <span>{one.detail}</span>}
          </li>
        ))}
        {alarms.map(({ of, n }) => (
          <li key={of.key} className="waits">
            <button
              type="button"
              className="figure"
              aria-label={w.t('si.tile.open', { name: w.name(of), value: w.n(n) })}
              onClick={() => explain(of.key)}
            >
              {w.n(n)}
            </button>
            <span>{w.name(of)}</span>
          </li>
        ))}
        {late.map((one) => (
          <li key={one.code} className="waits">
            <a href={`#${one.room}`}>
              <time dateTime={one.at}>{clock(one.at)}</time> {w.name(one)}
            </a>
            {one.due !== null && (
              <span className="muted">{w.t('si.late.of', { done: w.n(one.done ?? 0), due: w.n(one.due) })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
