import { lazy, Suspense, useState } from 'react'
import type { CurvePoint, Situation } from '../api/types'
import { useWords } from '../i18n'
import { Choice } from './Choice'

const Curve = lazy(() => import('../chart/Curve'))

/** The cumulative and new confirmed cases over the notices, as a chart or as a table. */
export function CurvePanel({ situation }: { situation: Situation }) {
  const w = useWords()
  const [form, setForm] = useState<'chart' | 'table'>('chart')
  const points = situation.curve.points.filter((p) => p.values.confirmed_cum != null || p.values.confirmed_new != null)
  const lengths = new Set(points.map((p) => p.window_hours).filter((h) => h !== null))
  return (
    <section className="card" aria-labelledby="curve-title">
      <header>
        <h2 id="curve-title">{w.t('curve.title')}</h2>
        {points.length > 0 && (
          <Choice
            aria-label={w.t('curve.view')}
            value={form}
            onChange={setForm}
            options={[
              { value: 'chart', label: w.t('curve.as_chart') },
              { value: 'table', label: w.t('curve.as_table') },
            ]}
          />
        )}
      </header>
      {points.length === 0 && <p className="muted pad">{w.t('curve.none')}</p>}
      {points.length > 0 && form === 'chart' && (
        <Suspense fallback={<p className="muted chart">{w.t('loading')}</p>}>
          <Curve points={points} label={w.t('curve.label', { area: w.name(situation.area) })} />
        </Suspense>
      )}
      {points.length > 0 && form === 'table' && <CurveTable points={points} />}
      {points.length === 1 && <p className="muted">{w.t('curve.one')}</p>}
      {lengths.size > 1 && <p className="muted">{w.t('curve.unequal')}</p>}
    </section>
  )
}

function CurveTable({ points }: { points: CurvePoint[] }) {
  const w = useWords()
  const shown = (n: number | null | undefined) => (n == null ? <span className="null">{w.t('null')}</span> : w.n(n))
  return (
    <table className="plain-table">
      <caption className="sr">{w.t('curve.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{w.t('pick.moment')}</th>
          <th scope="col" className="numeric">
            {w.t('curve.cum')}
          </th>
          <th scope="col" className="numeric">
            {w.t('curve.new')}
          </th>
          <th scope="col" className="numeric">
            {w.t('curve.window')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((p) => (
          <tr key={p.bulletin_id}>
            <th scope="row">{w.moment(p.as_of)}</th>
            <td className="numeric">{shown(p.values.confirmed_cum)}</td>
            <td className="numeric">{shown(p.values.confirmed_new)}</td>
            <td className="numeric">
              {p.window_hours === null ? (
                <span className="null">{w.t('null')}</span>
              ) : (
                w.t('curve.hours', { n: w.n(p.window_hours) })
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
