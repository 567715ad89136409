import type { Situation, Unit } from '../api/types'
import { type Key, useWords } from '../i18n'
import { Figure } from './Figure'
import type { OriginOf } from './Origin'

const STRIP: { metric: string; title: Key; unit: Unit }[] = [
  { metric: 'confirmed_cum', title: 'figures.confirmed_cum', unit: 'case' },
  { metric: 'confirmed_new', title: 'figures.confirmed_new', unit: 'case' },
  { metric: 'suspected', title: 'figures.suspected', unit: 'case' },
  { metric: 'severe', title: 'figures.severe', unit: 'case' },
  { metric: 'deaths_cum', title: 'figures.deaths_cum', unit: 'case' },
  { metric: 'contacts_observing', title: 'figures.contacts_observing', unit: 'person' },
]
const TIMES = ['screened_epidemic_area_cum', 'screened_elsewhere_cum']
const PERSONS = ['symptomatic_cum']

interface Props {
  situation: Situation
  show: (of: OriginOf) => void
}

export function KeyFigures({ situation, show }: Props) {
  const w = useWords()
  const { totals } = situation
  const hours = situation.notice?.record.window?.hours
  const screened = [...TIMES, ...PERSONS].some((m) => totals[m])
  const open = (metric: string) => () => show({ metric, division: situation.area, cell: totals[metric] ?? null })
  return (
    <section className="card figures" aria-labelledby="figures-title">
      <h2 id="figures-title" className="sr">
        {w.t('figures.title')}
      </h2>
      <ul className="strip">
        {STRIP.map(({ metric, title, unit }) => (
          <li key={metric} className={metric === 'confirmed_cum' ? 'lead' : undefined}>
            <span className="label">{w.t(title)}</span>
            <Figure cell={totals[metric]} unit={unit} label={w.t(title)} open={open(metric)} />
            {metric === 'confirmed_new' && hours && (
              <span className="aside">{w.t('figures.in_hours', { hours: w.n(hours) })}</span>
            )}
          </li>
        ))}
      </ul>
      {screened && <Screening situation={situation} open={open} />}
    </section>
  )
}

/** 人次 and 人 stand apart: they are never added or divided. */
function Screening({ situation, open }: { situation: Situation; open: (metric: string) => () => void }) {
  const w = useWords()
  const { totals, titles } = situation
  const row = (metric: string, unit: Unit) =>
    totals[metric] && (
      <li key={metric}>
        <span className="label">{w.metric(metric, titles)}</span>
        <Figure cell={totals[metric]} unit={unit} label={w.metric(metric, titles)} open={open(metric)} />
      </li>
    )
  const known = TIMES.map((m) => totals[m]).filter((c) => c != null)
  const sum = known.reduce((s, c) => s + c.n, 0)
  return (
    <div className="screening">
      <h3>{w.t('figures.screening')}</h3>
      <ul>
        {TIMES.map((m) => row(m, 'person_time'))}
        {known.length === TIMES.length && (
          <li className="sum">
            <span className="label">{w.t('basis.derived')}</span>
            <span>
              {known.map((c) => w.n(c.n)).join(' + ')} = <strong>{w.n(sum)}</strong>{' '}
              <small>{w.t('unit.person_time')}</small>
            </span>
          </li>
        )}
        <li className="fence" aria-hidden="true" />
        {PERSONS.map((m) => row(m, 'person'))}
      </ul>
      <p className="muted">{w.t('figures.units_apart')}</p>
    </div>
  )
}
