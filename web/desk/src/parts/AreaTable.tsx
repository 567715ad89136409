import { useState } from 'react'
import type { Cell, Row, Situation } from '../api/types'
import { useWords, type Words } from '../i18n'
import { Figure } from './Figure'
import type { OriginOf } from './Origin'

interface Props {
  situation: Situation
  metric: string
  pointed: string | null
  point: (code: string | null) => void
  open: (row: Row, metric?: string) => void
  show: (of: OriginOf) => void
}

/** More would not fit beside the map; the others are a choice of measure away. */
const MOST_COLUMNS = 3

interface Order {
  by: 'code' | 'name' | string
  down: boolean
}

/** A row's place when sorting by a metric: numbers, then implied zeros, then what is not reported. */
function rank(cell: Cell | null | undefined): number {
  if (!cell) return -2
  return cell.basis === 'implied' ? -1 : cell.n
}

function sorted(rows: readonly Row[], order: Order, w: Words): Row[] {
  const way = order.down ? -1 : 1
  return [...rows].sort((a, b) => {
    if (order.by === 'name') return way * w.inOrder(w.name(a), w.name(b))
    const gap = rank(a.cells[order.by]) - rank(b.cells[order.by])
    return gap ? way * gap : a.code.localeCompare(b.code)
  })
}

export function AreaTable({ situation, metric, pointed, point, open, show }: Props) {
  const w = useWords()
  const { rows, unplaced, titles, totals, area } = situation
  const others = situation.metrics.filter((m) => m !== metric && rows.some((r) => hasNumber(r, m)))
  const columns = [metric, ...others.slice(0, MOST_COLUMNS - 1)]
  const [order, setOrder] = useState<Order | null>(null)
  const by: Order = order ?? { by: metric, down: true }
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const inOrder = sorted(rows, by, w)
  const max = Math.max(1, ...rows.map((r) => r.cells[metric]?.n ?? 0))
  const toggle = (code: string) => {
    const next = new Set(opened)
    if (!next.delete(code)) next.add(code)
    setOpened(next)
  }
  if (!rows.some((r) => columns.some((m) => hasNumber(r, m)))) return <p className="muted pad">{w.t('table.none')}</p>
  const shared = { columns, metric, max, opened, toggle, open, point, titles }
  return (
    <div className="table-holder">
      <table className={`areas ${rows.some((r) => r.children?.length) ? '' : 'flat'}`}>
        <caption className="sr">{w.t('table.title')}</caption>
        <thead>
          <tr>
            <Head column="name" text={w.t('table.area')} order={by} setOrder={setOrder} />
            {columns.map((m) => (
              <Head
                key={m}
                column={m}
                text={w.metric(m, titles)}
                order={by}
                setOrder={setOrder}
                secondary={m !== metric}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((row) => (
            <Rows key={row.code} row={row} depth={0} pointed={pointed === row.code} {...shared} />
          ))}
          {unplaced.length > 0 && (
            <tr>
              <th scope="rowgroup" colSpan={columns.length + 1} className="muted">
                {w.t('table.unplaced')}
              </th>
            </tr>
          )}
          {unplaced.map((row) => (
            <Rows key={`${row.code}.${row.zh}`} row={row} depth={1} pointed={false} {...shared} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.t('table.total')}</th>
            {columns.map((m) => (
              <td key={m} className={m === metric ? undefined : 'secondary'}>
                <Figure
                  cell={totals[m]}
                  label={`${w.t('table.total')}, ${w.metric(m, titles)}`}
                  open={() => show({ metric: m, division: area, cell: totals[m] ?? null })}
                />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <Sum situation={situation} metric={metric} />
    </div>
  )
}

function hasNumber(row: Row, metric: string): boolean {
  return Boolean(row.cells[metric]) || (row.children ?? []).some((child) => hasNumber(child, metric))
}

interface HeadProps {
  column: string
  text: string
  order: Order
  setOrder: (order: Order) => void
  secondary?: boolean
}

function Head({ column, text, order, setOrder, secondary }: HeadProps) {
  const w = useWords()
  const on = order.by === column
  const numeric = column !== 'name'
  return (
    <th
      scope="col"
      className={`${numeric ? 'numeric' : ''} ${secondary ? 'secondary' : ''}`}
      aria-sort={on ? (order.down ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        title={w.t('table.sort', { column: text })}
        onClick={() => setOrder({ by: column, down: on ? !order.down : numeric })}
      >
        {text}
        <span aria-hidden="true" className="arrow">
          {on ? (order.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

interface RowsProps {
  row: Row
  depth: number
  pointed: boolean
  columns: string[]
  metric: string
  max: number
  opened: ReadonlySet<string>
  toggle: (code: string) => void
  open: (row: Row, metric?: string) => void
  point: (code: string | null) => void
  titles: Situation['titles']
}

/** A division, and its own divisions where they are open. */
function Rows(props: RowsProps) {
  const { row, depth, pointed, columns, metric, max, opened, toggle, open, point, titles } = props
  const w = useWords()
  const children = (row.children ?? []).filter((child) => columns.some((m) => hasNumber(child, m)))
  const isOpen = opened.has(row.code)
  return (
    <>
      <tr
        className={`${depth ? 'child' : ''} ${pointed ? 'pointed' : ''}`}
        onMouseEnter={depth ? undefined : () => point(row.code)}
        onMouseLeave={depth ? undefined : () => point(null)}
      >
        <th scope="row">
          {children.length > 0 ? (
            <button
              type="button"
              className="expand"
              aria-expanded={isOpen}
              aria-label={w.t(isOpen ? 'table.collapse' : 'table.expand', { area: w.name(row) })}
              onClick={() => toggle(row.code)}
            >
              <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
            </button>
          ) : (
            <span className="no-expand" />
          )}
          <span>{w.name(row)}</span>
        </th>
        {columns.map((m) => {
          const cell = row.cells[m]
          const share = m === metric && cell ? cell.n / max : 0
          return (
            <td key={m} className={m === metric ? 'bar-cell' : 'secondary'}>
              {share > 0 && <span className="bar-fill" style={{ width: `${share * 100}%` }} aria-hidden="true" />}
              <Figure cell={cell} label={`${w.name(row)}, ${w.metric(m, titles)}`} open={() => open(row, m)} />
            </td>
          )
        })}
      </tr>
      {isOpen &&
        children.map((child) => (
          <Rows {...props} key={child.code || child.zh} row={child} depth={depth + 1} pointed={false} />
        ))}
    </>
  )
}

/** 44 = 12 + 6 + …, in the table's own words: what is zero by implication, what was not reported, what does not add up. */
function Sum({ situation, metric }: { situation: Situation; metric: string }) {
  const w = useWords()
  const { rows, totals } = situation
  const total = totals[metric]
  const stated = rows.filter((r) => r.cells[metric] && r.cells[metric]?.basis !== 'implied')
  const implied = rows.filter((r) => r.cells[metric]?.basis === 'implied')
  const missing = rows.filter((r) => !r.cells[metric])
  if (!stated.length || !total) return null
  const place = new Map(situation.notice.record.by_area.map((a, i) => [`${a.metric}|${a.code}`, i]))
  const at = (r: Row) => place.get(`${metric}|${r.code}`) ?? rows.length
  const inText = [...stated].sort((a, b) => at(a) - at(b))
  const sum = stated.reduce((s, r) => s + (r.cells[metric]?.n ?? 0), 0)
  const terms = inText.map((r) => w.n(r.cells[metric]?.n ?? 0)).join(' + ')
  const names = (of: Row[]) => of.map(w.name).join(w.t('list.comma'))
  return (
    <div className="sum-note">
      {sum === total.n ? (
        <p className="equation">{w.t('table.sum', { total: w.n(total.n), terms })}</p>
      ) : (
        <p className="equation differs">
          {w.t('table.sum.differs', { sum: w.n(sum), total: w.n(total.n), difference: w.signed(total.n - sum) })}
        </p>
      )}
      {implied.length > 0 && <p>{w.t('table.sum.zero', { n: implied.length, areas: names(implied) })}</p>}
      {missing.length > 0 && <p>{w.t('table.sum.null', { n: missing.length, areas: names(missing) })}</p>}
    </div>
  )
}
