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
      <Screening situation={situation} show={show} />
    </section>
  )
}

/**
 * What was screened, from the newest notice up to this moment that says it: often not the one that counts cases.
 * 人次 and 人 stand apart: they are never added or divided.
 */
function Screening({ situation, show }: Props) {
  const w = useWords()
  const { area, titles } = situation
  const told = (metric: string) => situation.totals[metric] ?? situation.earlier[metric]
  const first = TIMES.find(told)
  if (!first) return null
  const asOf = situation.totals[first] ? situation.as_of : (situation.earlier[first]?.as_of ?? situation.as_of)
  const title = (metric: string) => w.metric(metric, titles)
  const item = (metric: string, unit: Unit) => {
    const cell = told(metric)
    if (!cell) return null
    return (
      <li key={metric}>
        <span className="label">{title(metric)}</span>
        <Figure
          cell={cell}
          unit={unit}
          label={title(metric)}
          open={() => show({ metric, division: area, cell, asOf })}
        />
      </li>
    )
  }
  const times = TIMES.map(told).flatMap((cell) => (cell ? [cell.n] : []))
  return (
    <div className="screening">
      <h3>
        {w.t('figures.screening')} <small>{w.t('head.as_of', { moment: w.moment(asOf) })}</small>
      </h3>
      <ul>
        {TIMES.map((m) => item(m, 'person_time'))}
        {times.length === TIMES.length && (
          <li>
            <span className="label">{w.t('basis.derived')}</span>
            <span>
              {times.map((n) => w.n(n)).join(' + ')} = <strong>{w.n(times.reduce((a, b) => a + b, 0))}</strong>{' '}
              <small>{w.t('unit.person_time')}</small>
            </span>
          </li>
        )}
        <li className="fence" aria-hidden="true" />
        {PERSONS.map((m) => item(m, 'person'))}
      </ul>
      <p className="muted">{w.t('figures.units_apart')}</p>
    </div>
  )
}
