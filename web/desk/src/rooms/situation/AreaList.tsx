import { useMemo, useState } from 'react'
import type { Indicator, Part } from '../../api/situation'
import { measured } from './groups'
import { perOf } from './MapPanel'
import { perPopulation } from './numbers'
import type { Explained, Shared } from './Situation'
import { Spark } from './Spark'
import { type Spoken, useSpoken } from './words'

/** Beside the measure, where there is room: what a duty officer compares areas by. */
const BESIDE = ['confirmed_new', 'suspected', 'contacts_observing']
const SPARK = 'confirmed_new'
/** Longer tables begin short: what is wrong and what to do stand below. */
const MOST = 18
const SHORT = 12

interface Props extends Shared {
  pointed: string | null
  point: (code: string | null) => void
  choose: (code: string) => void
  into: (code: string) => void
  explain: Explained
}

interface Order {
  by: string
  down: boolean
}

/** The parts of the area in a table: all that the map says, and the last days of each. */
export function AreaList(props: Props) {
  const { whole, view, measure, registry } = props
  const w = useSpoken()
  const [order, setOrder] = useState<Order>({ by: 'value', down: true })
  const per = perOf(view, measure)
  const beside = registry.filter((one) => BESIDE.includes(one.key) && one.key !== measure.key)
  const peopled = measure.per_population && whole.parts.some((part) => part.population)
  const rows = useMemo(() => {
    const { parts, own } = placed(whole)
    return [...sorted(parts, order, measure, per, w), ...own]
  }, [whole, order, measure, per, w])
  const most = Math.max(1, ...whole.parts.map((part) => measured(part.figures[measure.key], part.population, per) ?? 0))
  const highest = Math.max(1, ...whole.parts.flatMap((part) => (part.spark[SPARK] ?? []).map((n) => n ?? 0)))
  const head = (by: string, text: string, className = 'numeric') => (
    <Head by={by} text={text} order={order} setOrder={setOrder} className={className} />
  )
  const [all, showAll] = useState(false)
  if (!whole.parts.length) return null
  const long = rows.length > MOST
  const listed = all || !long ? rows : rows.slice(0, SHORT)
  return (
    <section className="card" aria-labelledby="situation-areas">
      <header>
        <h2 id="situation-areas">{w.t('si.areas')}</h2>
        <span className="muted small">{w.t('si.areas.text')}</span>
      </header>
      <table className="area-list">
        <caption className="sr">{w.t('si.areas')}</caption>
        <thead>
          <tr>
            {head('name', w.t('si.area'), '')}
            {head('value', w.name(measure), `numeric ${per === 'count' ? 'shaded' : ''}`)}
            {peopled && head('rate', w.t('si.per.100k'), `numeric wide ${per === '100k' ? 'shaded' : ''}`)}
            {beside.map((one) => (
              <Head
                key={one.key}
                by={one.key}
                text={w.name(one)}
                order={order}
                setOrder={setOrder}
                className="numeric wide"
              />
            ))}
            <th scope="col" className="spark-head">
              {w.t('si.spark')}
            </th>
            <th scope="col">
              <span className="sr">{w.t('si.into.head')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((part) => (
            <Row key={part.code} of={part} beside={beside} peopled={peopled} most={most} highest={highest} {...props} />
          ))}
        </tbody>
      </table>
      {long && (
        <button type="button" className="go more" aria-expanded={all} onClick={() => showAll(!all)}>
          {w.t(all ? 'si.areas.some' : 'si.areas.all', { n: w.n(rows.length) })}
        </button>
      )}
    </section>
  )
}

interface HeadProps {
  by: string
  text: string
  order: Order
  setOrder: (order: Order) => void
  className: string
}

function Head({ by, text, order, setOrder, className }: HeadProps) {
  const w = useSpoken()
  const on = order.by === by
  return (
    <th scope="col" className={className} aria-sort={on ? (order.down ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        title={w.t('table.sort', { column: text })}
        onClick={() => setOrder({ by, down: on ? !order.down : by !== 'name' })}
      >
        {text}
        <span aria-hidden className="arrow">
          {on ? (order.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

type RowProps = Props & {
  of: Part
  beside: Indicator[]
  peopled: boolean
  most: number
  highest: number
}

function Row({
  of,
  whole,
  view,
  measure,
  beside,
  peopled,
  most,
  highest,
  pointed,
  point,
  choose,
  into,
  explain,
}: RowProps) {
  const w = useSpoken()
  const chosen = view.part === of.code
  const own = of.code === whole.area.code
  const name = own ? w.t('si.areas.unplaced', { area: w.name(of) }) : w.name(of)
  const value = measured(of.figures[measure.key], of.population, perOf(view, measure))
  const number = (key: string, title: string) => (
    <Count n={of.figures[key]} label={`${name}, ${title}`} open={() => explain(key, own ? undefined : of.code)} />
  )
  return (
    <tr
      className={`${chosen ? 'chosen' : ''} ${pointed === of.code ? 'pointed' : ''}`}
      onMouseEnter={() => point(of.code)}
      onMouseLeave={() => point(null)}
    >
      <th scope="row">
        {own ? (
          <span className="muted">{name}</span>
        ) : (
          <button type="button" aria-pressed={chosen} title={w.t('si.areas.choose')} onClick={() => choose(of.code)}>
            {name}
          </button>
        )}
      </th>
      <td className="numeric bar-cell">
        {value !== null && value > 0 && (
          <span className="bar-fill" style={{ width: `${(value / most) * 100}%` }} aria-hidden />
        )}
        {number(measure.key, w.name(measure))}
      </td>
      {peopled && (
        <td className="numeric wide">
          <Rate n={perPopulation(of.figures[measure.key], of.population)} />
        </td>
      )}
      {beside.map((one) => (
        <td key={one.key} className="numeric wide">
          {number(one.key, w.name(one))}
        </td>
      ))}
      <td className="spark-cell">
        <Spark values={of.spark[SPARK] ?? []} most={highest} label={name} />
      </td>
      <td className="into">
        {!own && (
          <button type="button" aria-label={w.t('si.into', { part: name })} onClick={() => into(of.code)}>
            <span aria-hidden>›</span>
          </button>
        )}
      </td>
    </tr>
  )
}

function Count({ n, label, open }: { n: number | null | undefined; label: string; open: () => void }) {
  const w = useSpoken()
  const value = n == null ? w.t('si.not_recorded') : w.n(n)
  return (
    <button
      type="button"
      className={`figure ${n == null ? 'null' : ''}`}
      aria-label={w.t('si.tile.open', { name: label, value })}
      onClick={open}
    >
      {n == null ? '—' : value}
    </button>
  )
}

function Rate({ n }: { n: number | null }) {
  const w = useSpoken()
  return n === null ? <span className="null">—</span> : w.n(n)
}

/** The parts, and the area itself with what is placed no further, where there is anything of that. */
function placed({ area, parts }: Shared['whole']): { parts: Part[]; own: Part[] } {
  const counts = (part: Part) => Object.values(part.figures).some((n) => n)
  return {
    parts: parts.filter((part) => part.code !== area.code),
    own: parts.filter((part) => part.code === area.code && counts(part)),
  }
}

/** By a column; what is not recorded comes last, whichever way. */
function sorted(parts: readonly Part[], order: Order, measure: Indicator, per: 'count' | '100k', w: Spoken): Part[] {
  const way = order.down ? -1 : 1
  const of = (part: Part): number | null => {
    if (order.by === 'value') return measured(part.figures[measure.key], part.population, per)
    if (order.by === 'rate') return perPopulation(part.figures[measure.key], part.population)
    return part.figures[order.by] ?? null
  }
  return [...parts].sort((a, b) => {
    if (order.by === 'name') return way * w.inOrder(w.name(a), w.name(b))
    const [one, other] = [of(a), of(b)]
    if (one === null || other === null) return one === other ? a.code.localeCompare(b.code) : one === null ? 1 : -1
    return way * (one - other) || a.code.localeCompare(b.code)
  })
}
