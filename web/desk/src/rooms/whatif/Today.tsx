import { Alert } from 'antd'
import type { Terms, Today as Found } from '../../api/whatif'
import { useSpoken } from './words'

/** What the registers have now: from where it starts. */
export function Today({ of, terms }: { of: Found; terms: Terms }) {
  const w = useSpoken()
  const { recent_days: days, least_cases: least } = terms.limits
  const places = (its: Found['beds']) =>
    its.stations ? w.t('today.held', { held: w.n(its.held), all: w.n(its.all) }) : w.t('today.unknown')
  const onsets = of.onsets.filter((one) => one.day !== null)
  const unknown = of.onsets.find((one) => one.day === null)?.cases ?? 0
  const first = onsets[0]?.day
  const last = onsets[onsets.length - 1]?.day
  const shown: [string, string, string][] = [
    [w.t('today.cases'), w.n(of.cases), w.t('today.recent', { days: w.n(days), n: w.n(of.recent) })],
    [w.t('today.in_hospital'), w.n(of.in_hospital), ''],
    [w.t('today.suspected'), w.n(of.suspected), ''],
    [w.t('today.observed'), w.n(of.observed), ''],
    [w.t('today.beds'), places(of.beds), ''],
    [w.t('today.places'), places(of.places), ''],
  ]
  return (
    <section className="card" aria-labelledby="wi-today">
      <h2 id="wi-today">{w.t('today.title')}</h2>
      <dl className="figures-row">
        {shown.map(([title, value, more]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <b>{value}</b>
              {more && <span className="muted">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {first && last && (
        <p className="muted small">
          {w.t('today.onset')} {w.t('today.onset.text', { first: w.day(first), last: w.day(last) })}
          {unknown > 0 && ` · ${w.t('today.onset.unknown', { n: w.n(unknown) })}`}
        </p>
      )}
      {of.recent < least && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={w.t('today.few.title')}
          description={w.t('today.few.text', { days: w.n(days), n: w.n(of.recent), least: w.n(least) })}
        />
      )}
    </section>
  )
}
