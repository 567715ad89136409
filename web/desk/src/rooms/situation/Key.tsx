import type { Figure, Indicator } from '../../api/situation'
import { GROUPS, groupName, unitOf, written } from './groups'
import { changeOf } from './numbers'
import type { Explained, Shared } from './Situation'
import { type Spoken, useSpoken } from './words'
import { CURVES } from './view'

const LEAD = 'confirmed_cum'
/** These stand in the curve; a single day of them says little. */
const IN_THE_CURVE: readonly string[] = [CURVES.onset, CURVES.report]

interface Props extends Shared {
  explain: Explained
}

/** The figures of the area: cases at a glance, the rest by what they are about, and in a line what nobody records yet. */
export function Key(props: Props) {
  const w = useSpoken()
  const { registry } = props
  const shown = registry.filter((one) => !IN_THE_CURVE.includes(one.key))
  const cases = shown.filter((one) => one.group === 'cases')
  const groups = GROUPS.filter((group) => group !== 'cases' && shown.some((one) => one.group === group))
  const without = GROUPS.filter((group) => !shown.some((one) => one.group === group))
  return (
    <section className="card key" aria-labelledby="key-title">
      <h2 id="key-title" className="sr">
        {w.t('si.key')}
      </h2>
      <ul className="lead">
        {cases.map((one) => (
          <Tile key={one.key} of={one} {...props} />
        ))}
      </ul>
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
      {without.length > 0 && (
        <p className="muted small without">
          {w.t('si.without', { groups: without.map((group) => groupName(group, w)).join(w.t('list.comma')) })}
        </p>
      )}
    </section>
  )
}

/** A figure with its change. The name chooses it for map, curve and table; the number opens what it is made of. */
function Tile({ of, shown, view, measure, look, explain }: Props & { of: Indicator }) {
  const w = useSpoken()
  const figure = shown.figures[of.key]
  const value = written(figure, of, w)
  const counted = figure?.state === 'counted' && figure.n !== null
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
          value: `${value} ${counted ? unitOf(of.unit, w) : ''}`.trim(),
        })}
        onClick={() => explain(of.key)}
      >
        {value}
        {counted && <small> {of.of !== null ? shareOf(figure, w) : unitOf(of.unit, w)}</small>}
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
  const way = change.better === null ? '' : change.better ? 'better' : 'worse'
  return (
    <span className={`change ${way}`}>
      {change.by === 0 ? w.t('si.change.none') : w.t('si.change', { by: w.signed(change.by) })}
    </span>
  )
}
