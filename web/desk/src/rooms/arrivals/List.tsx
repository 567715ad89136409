import { Checkbox, Select } from 'antd'
import { useId } from 'react'
import { type Arrival, arrivals, type Wanted } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { TextBox } from '../cases/TextBox'
import { type Names, NamesDoor } from '../isolation/names'
import { Called, useListed } from './names'
import { Paged } from './Paged'
import { useSpoken } from './words'

const COUNTS = ['listed', 'taken_over', 'in_time', 'late', 'waiting', 'overdue', 'key_persons', 'closed'] as const

/** Who arrived, and whether the destination has taken them over in time; whose days are over only where asked for. */
export function List({ area }: { area: string }) {
  const w = useSpoken()
  const id = useId()
  const [filter, narrow] = useFilter()
  const counts = useResource(`arrival-counts|${area}`, (signal) => arrivals.counts(area, signal), 'keep')
  const wanted: Wanted = {
    area,
    number: filter.number ?? '',
    ...(filter.taken ? { taken_over: filter.taken === 'yes' } : {}),
    ...(filter.key ? { key_person: true } : {}),
    late: Boolean(filter.late),
    ...(filter.closed ? {} : { closed: false }),
  }
  const key = JSON.stringify(wanted)
  const first = useResource(`arrivals|${key}`, (signal) => arrivals.list(wanted, signal))
  const names = useListed(key, (named, signal) => arrivals.list({ ...wanted, ...named }, signal))
  return (
    <>
      <section className="card stages" aria-busy={counts.loading}>
        {counts.error && <Failure error={counts.error} retry={counts.retry} told />}
        <dl>
          {counts.data &&
            COUNTS.map((name) => (
              <div key={name} className={name === 'overdue' && counts.data?.overdue ? 'alarm' : undefined}>
                <dt>{w.t(`count.${name}`)}</dt>
                <dd>{w.n(counts.data?.[name] ?? 0)}</dd>
              </div>
            ))}
        </dl>
      </section>
      <section className="card" aria-label={w.t('arr.tab.list')}>
        <p className="muted">{w.t('list.text')}</p>
        <div className="bounds inner">
          <div className="pick inline">
            <label htmlFor={`${id}-number`}>{w.t('list.number')}</label>
            <TextBox id={`${id}-number`} value={filter.number ?? ''} commit={(number) => narrow({ number })} />
          </div>
          <div className="pick inline">
            <label htmlFor={`${id}-taken`}>{w.t('list.taken')}</label>
            <Select
              id={`${id}-taken`}
              value={filter.taken ?? ''}
              onChange={(taken) => narrow({ taken })}
              options={[
                { value: '', label: w.t('arr.all') },
                ...(['no', 'yes'] as const).map((value) => ({ value, label: w.t(`list.taken.${value}`) })),
              ]}
            />
          </div>
          {(['key', 'late', 'closed'] as const).map((name) => (
            <Checkbox
              key={name}
              checked={Boolean(filter[name])}
              onChange={(e) => narrow({ [name]: e.target.checked ? 'true' : null })}
            >
              {w.t(`list.${name}`)}
            </Checkbox>
          ))}
        </div>
        {first.data && first.data.total > 0 && <NamesDoor names={names} />}
        {first.error && <Failure error={first.error} retry={first.retry} told />}
        {first.loading && <Loading />}
        {first.data && !first.error && (
          <Paged key={key} first={first.data} ask={(after) => arrivals.list({ ...wanted, after })}>
            {(pages) => <Rows rows={pages.flatMap((p) => p.arrivals)} total={pages[0]?.total ?? 0} names={names} />}
          </Paged>
        )}
      </section>
    </>
  )
}

function Rows({ rows, total, names }: { rows: Arrival[]; total: number; names: Names }) {
  const w = useSpoken()
  const now = useNow()
  if (!rows.length) return <Empty title={w.t('list.none.title')} text={w.t('list.none.text')} />
  return (
    <>
      <p role="status" className="muted">
        {w.t('list.total', { n: w.n(total) })}
      </p>
      <Grid
        label={w.t('arr.tab.list')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'who',
            title: w.t('list.person'),
            head: true,
            cell: (one) => (
              <>
                <a href={`#arrivals?one=${one.id}`}>
                  <Called person={one.person} names={names} />
                </a>{' '}
                {one.key_person && <span className="tag">{w.t('list.is_key')}</span>}
                {one.unwell && <span className="tag fails">{w.t('list.unwell')}</span>}
              </>
            ),
          },
          {
            key: 'number',
            title: w.t('list.number'),
            cell: (one) => [w.t(`conv.${one.conveyance}`), one.number].filter(Boolean).join(' '),
          },
          { key: 'from', title: w.t('list.from'), cell: (one) => one.came_from && <AreaName code={one.came_from} /> },
          { key: 'arrived', title: w.t('list.arrived'), cell: (one) => w.stamp(one.arrived) },
          { key: 'ends', title: w.t('list.ends'), cell: (one) => w.stamp(one.ends) },
          { key: 'to', title: w.t('list.destination'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'hand', title: w.t('list.hand_over'), cell: (one) => <HandOver of={one} now={now} /> },
          { key: 'assignee', title: w.t('list.assignee'), cell: (one) => one.assignee || null },
        ]}
      />
    </>
  )
}

/** The 24-hour clock of a hand-over. */
export function HandOver({ of, now }: { of: Arrival; now: number | null }) {
  const w = useSpoken()
  const at = w.stamp(of.hand_over_due)
  if (of.taken_over_at)
    return (
      <>
        <span className="tag active">{w.t('list.taken.yes')}</span>
        <span className="muted block small">{w.t('list.done', { by: of.by_unit, at: w.stamp(of.taken_over_at) })}</span>
      </>
    )
  const ms = now === null ? 0 : now - Date.parse(of.hand_over_due)
  if (ms <= 0) return <>{w.t('list.due', { at })}</>
  return <span className="late">{w.t('list.overdue', { at, n: w.n(Math.floor(ms / 3_600_000)) })}</span>
}
