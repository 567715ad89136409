import { Button } from 'antd'
import { type Graph, transmission } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Failure } from '../../parts/States'
import { numberOf } from './Side'
import { useSpoken } from './words'

interface Props {
  of: Graph
  area: string
  choose: (id: string) => void
}

/** What asks for a second look, alerts, and clusters by the rule of the edition. */
export function Findings({ of, area, choose }: Props) {
  const w = useSpoken()
  const alerts = useResource(`alerts|${area}`, (signal) => transmission.alerts(area, signal))
  const clusters = useResource(`clusters|${area}`, (signal) => transmission.clusters(area, signal))
  const numbers = new Map(of.nodes.map((n) => [n.id, numberOf(n)]))
  const number = (id: string | undefined) => (id ? (numbers.get(id) ?? id.slice(-6)) : '')
  const held = (clusters.data ?? []).filter((c) => c.holds || c.named)
  return (
    <div className="sums">
      <section className="card">
        <h2>{w.t('chains.alerts')}</h2>
        {alerts.error && <Failure error={alerts.error} retry={alerts.retry} told />}
        {alerts.data && !alerts.data.length && <p className="muted">{w.t('chains.nobody')}</p>}
        <ul>
          {(alerts.data ?? []).map((a) => (
            <li key={`${a.area}|${a.disease}`}>
              <AreaName code={a.area} />{' '}
              <Button type="link" size="small" onClick={() => choose(a.case)}>
                {number(a.case)}
              </Button>{' '}
              {w.t('chains.generation', { n: w.n(a.generation) })} · {w.stamp(a.reported_at)}
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{w.t('chains.checks')}</h2>
        {!of.checks.length && <p className="muted">{w.t('chains.checks.none')}</p>}
        <ul>
          {of.checks.slice(0, 100).map((c) => (
            <li key={`${c.look}|${c.cases.join()}`}>
              {w.t(`look.${c.look}`, {
                a: number(c.cases[c.cases.length - 1]),
                b: number(c.cases[0]),
                n: w.n(Math.abs(c.days ?? 0)),
                all: c.cases.map(number).join(w.t('comma')),
              })}
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{w.t('chains.clusters')}</h2>
        {clusters.error && <Failure error={clusters.error} retry={clusters.retry} told />}
        {clusters.data && !held.length && <p className="muted">{w.t('chains.clusters.none')}</p>}
        <ul>
          {held.map((c) => (
            <li key={c.id}>
              <AreaName code={c.area} />{' '}
              {c.window
                ? w.t('chains.cluster', {
                    n: w.n(c.window.cases.length),
                    from: w.day(c.window.first),
                    to: w.day(c.window.last),
                  })
                : w.n(c.cases.length)}
              <span className="muted block small">
                {(c.window?.cases ?? c.cases).map(number).join(w.t('comma'))}
                {c.days !== null && c.least !== null && (
                  <> · {w.t('chains.cluster.rule', { days: w.n(c.days), least: w.n(c.least) })}</>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
