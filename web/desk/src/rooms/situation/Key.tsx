import { useState } from 'react'
import type { Figure, Indicator } from '../../api/situation'
import { GROUPS, groupName, unitOf, written } from './groups'
import { changeOf } from './numbers'
import type { Explained, Shared } from './Situation'
import { type Spoken, useSpoken } from './words'
import { CURVES } from './view'

/** What is seen at a glance, and what stands below it by what it is about; the others are a click away. */
const GLANCE = [
  'confirmed_cum',
  'confirmed_new',
  'confirmed_existing',
  'suspected',
  'severe',
  'deaths_cum',
  'cured_cum',
] as const
const [LEAD] = GLANCE
const BELOW: readonly string[] = [
  'contacts_observing',
  'contacts_new',
  'contacts_to_trace',
  'orders_active',
  'places_used',
  'places_free',
  'household_coverage',
  'encounters_day',
  'fever_day',
  'posts_active',
  'tasks_open',
  'tasks_late',
  'signals_open',
  'beds_free',
  'waiting_for_bed',
  'cases_in_designated',
  'stock_short',
]
/** These stand in the curve; a single day of them says little. */
const IN_THE_CURVE: readonly string[] = [CURVES.onset, CURVES.report]

interface Props extends Shared {
  explain: Explained
}

/** Cases at a glance. */
export function Glance(props: Props) {
  const w = useSpoken()
  return (
    <section className="card key" aria-labelledby="key-title">
      <h2 id="key-title" className="sr">
        {w.t('si.key')}
      </h2>
      <ul className="lead">
        {GLANCE.flatMap((key) => {
          const of = props.registry.find((one) => one.key === key)
          return of ? <Tile key={key} of={of} {...props} /> : []
        })}
      </ul>
    </section>
  )
}

/** The other figures by what they are about, and in a line what nobody records yet. */
export function Rest(props: Props) {
  const w = useSpoken()
  const { registry, measure } = props
  const [all, showAll] = useState(false)
  const rest = registry.filter((one) => !GLANCE.some((key) => key === one.key) && !IN_THE_CURVE.includes(one.key))
  const shown = rest.filter((one) => all || BELOW.includes(one.key) || one.key === measure.key)
  const groups = GROUPS.filter((group) => shown.some((one) => one.group === group))
  const without = GROUPS.filter((group) => !registry.some((one) => one.group === group))
  const names = without.map((group) => groupName(group, w)).join(w.t('list.comma'))
  return (
    <section className="card key" aria-label={w.t('si.rest')}>
      <div className="groups">
        {groups.map((group) => (
          <section key={group} aria-labelledby={`key-${group}`}>
            <h3 id={`key-${group}`}>{groupName(group, w)}</h3>
            <ul>
              {shown
                .filter((one) => one.group === group)
                .map((one) => (
                  <Tile key={one.key} of={one} {...props} />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="small key-foot">
        {(all || rest.length > shown.length) && (
          <button type="button" className="go" aria-expanded={all} onClick={() => showAll(!all)}>
            {w.t(all ? 'si.key.fewer' : 'si.key.all', { n: w.n(registry.length) })}
          </button>
        )}
        {names && <span className="muted">{w.t('si.without', { groups: names })}</span>}
      </p>
    </section>
  )
}

/** A figure with its change. The name chooses it for map, curve and table; the number opens what it is made of. */
function Tile({ of, shown, view, measure, look, explain }: Props & { of: Indicator }) {
  const w = useSpoken()
  const figure = shown.figures[of.key]
  const value = written(figure, of, w)
  const counted = figure?.state === 'counted' && figure.n !== null
  const beside = counted && of.of !== null ? shareOf(figure, w) : unitOf(of.unit, w)
  const chosen = measure.key === of.key
  return (
    <li className={`tile ${of.key === LEAD ? 'first' : ''} ${chosen ? 'chosen' : ''}`} data-key={of.key}>
      <button
        type="button"
        className="tile-name"
        aria-pressed={chosen}
        title={w.t('si.tile.choose')}
        onClick={() => look({ measure: of.key, by: null, per: of.per_population ? view.per : 'count' })}
      >
        {w.name(of)}
      </button>
      <button
        type="button"
        className={`figure ${counted ? '' : 'null'}`}
        aria-label={w.t('si.tile.open', {
          name: w.name(of),
          value: counted ? `${value} ${beside}` : value,
        })}
        onClick={() => explain(of.key)}
      >
        {value}
        {counted && <small> {beside}</small>}
      </button>
      <Changed of={of} figure={figure} />
    </li>
  )
}

/** 12 of 40, beside the share that it is. */
function shareOf(figure: Figure, w: Spoken): string {
  if (figure.n === null || figure.of === null) return ''
  return w.t('si.share', { n: w.n(figure.n), of: w.n(figure.of) })
}

function Changed({ of, figure }: { of: Indicator; figure: Figure | undefined }) {
  const w = useSpoken()
  const change = figure?.state === 'counted' ? changeOf(figure, of.better) : null
  if (!change) return <span className="change" />
  const way = change.by === 0 ? 'same' : change.better === null ? '' : change.better ? 'better' : 'worse'
  return (
    <span className={`change ${way}`}>
      {change.by === 0 ? w.t('si.change.none') : w.t('si.change', { by: w.signed(change.by) })}
    </span>
  )
}
