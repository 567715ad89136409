import { Button, Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { isolation, type Order, type OrderPage, type Stage, stations, type Wanted } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { useSumsOnly } from '../../api/sums'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { Clock, Until } from './clocks'
import { Called, NamesDoor, useNames } from './names'
import { useSpoken } from './words'

export const STAGES = ['issued', 'received', 'executed', 'deviates', 'verified', 'lifted'] as const
export const MODES = ['home', 'central', 'hospital'] as const
const CLASSES = ['suspected', 'close_contact', 'other'] as const

/** Orders by state, with their clocks. */
export function Board() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const counts = useResource(`isolation-counts|${area}`, (signal) => isolation.counts(area, signal), 'keep', [
    'isolation',
  ])
  const asked = wantedOf(filter, area)
  const key = JSON.stringify(asked)
  const sums = useSumsOnly('isolation.read')
  const first = useResource(
    sums === false ? `orders|${key}` : null,
    (signal) => isolation.orders(asked, signal),
    'drop',
    ['isolation'],
  )
  return (
    <>
      <Narrow
        filter={filter}
        narrow={narrow}
        top={top}
        area={area}
        each={sums === false}
        withStations={sums === false && may('stations.read')}
      />
      <section className="card stages" aria-busy={counts.loading}>
        {counts.error && <Failure error={counts.error} retry={counts.retry} told />}
        <dl>
          {counts.data &&
            STAGES.filter((one) => one !== 'lifted').map((stage) => (
              <div key={stage} className={stage === 'deviates' && counts.data?.stage[stage] ? 'alarm' : undefined}>
                <dt>
                  {sums === false ? (
                    <a href={`#isolation?${new URLSearchParams({ ...filter, stage })}`}>{w.t(`stage.${stage}`)}</a>
                  ) : (
                    w.t(`stage.${stage}`)
                  )}
                </dt>
                <dd>{w.n(counts.data?.stage[stage] ?? 0)}</dd>
              </div>
            ))}
          {counts.data &&
            MODES.map((mode) => (
              <div key={mode} className="of-mode">
                <dt>{w.t(`mode.${mode}`)}</dt>
                <dd>{w.n(counts.data?.mode[mode] ?? 0)}</dd>
              </div>
            ))}
        </dl>
      </section>
      {sums && <p className="muted">{w.t('iso.sums')}</p>}
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && <Loading />}
      {first.data && !first.error && <Pages key={key} first={first.data} asked={asked} />}
    </>
  )
}

/** The list's own words: `stage=standing` (the default) is every order in force. */
function wantedOf(filter: Record<string, string>, area: string): Wanted {
  const stage = STAGES.find((one) => one === filter.stage)
  return {
    area,
    ...(stage ? { stage } : filter.stage === 'all' ? {} : { standing: true }),
    ...(filter.mode ? { mode: filter.mode as 'home' } : {}),
    ...(filter.class ? { order_class: filter.class as 'other' } : {}),
    ...(filter.station ? { station: filter.station } : {}),
    ...(filter.person ? { person: filter.person } : {}),
    ...(filter.batch ? { batch: filter.batch } : {}),
    ...(filter.late ? { late: true } : {}),
  }
}

interface NarrowProps {
  filter: Record<string, string>
  narrow: (part: Record<string, string | null>) => void
  top: string
  area: string
  /** Whether single orders are shown, which can be narrowed by more than their area. */
  each: boolean
  withStations: boolean
}

function Narrow({ filter, narrow, top, area, each, withStations }: NarrowProps) {
  const w = useSpoken()
  const id = useId()
  const found = useResource(
    withStations ? `stations|${area}` : null,
    (signal) => stations.list({ area }, signal),
    'keep',
  )
  const choices: [string, string, { value: string; label: string }[]][] = [
    [
      'stage',
      w.t('iso.stage'),
      [
        { value: '', label: w.t('iso.standing') },
        ...STAGES.map((value) => ({ value, label: w.t(`stage.${value}`) })),
        { value: 'all', label: w.t('iso.all') },
      ],
    ],
    [
      'mode',
      w.t('iso.mode'),
      [{ value: '', label: w.t('iso.all') }, ...MODES.map((value) => ({ value, label: w.t(`mode.${value}`) }))],
    ],
    [
      'class',
      w.t('iso.class'),
      [{ value: '', label: w.t('iso.all') }, ...CLASSES.map((value) => ({ value, label: w.t(`class.${value}`) }))],
    ],
  ]
  if (withStations)
    choices.push([
      'station',
      w.t('iso.station'),
      [
        { value: '', label: w.t('iso.all') },
        ...(found.data?.stations ?? []).map((s) => ({ value: s.id, label: s.name })),
      ],
    ])
  return (
    <search className="card bounds">
      <div className="pick inline">
        <span aria-hidden>{w.t('iso.area')}</span>
        <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('iso.area')} />
      </div>
      {(each ? choices : []).map(([name, title, options]) => (
        <div key={name} className="pick inline">
          <label htmlFor={`${id}-${name}`}>{title}</label>
          <Select
            id={`${id}-${name}`}
            value={filter[name] ?? ''}
            onChange={(to) => narrow({ [name]: to })}
            popupMatchSelectWidth={false}
            options={options}
          />
        </div>
      ))}
      {each && (
        <Checkbox checked={filter.late === 'true'} onChange={(e) => narrow({ late: e.target.checked ? 'true' : null })}>
          {w.t('iso.late')}
        </Checkbox>
      )}
    </search>
  )
}

function Pages({ first, asked }: { first: OrderPage; asked: Wanted }) {
  const w = useSpoken()
  const now = useNow()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<OrderPage[]>([])
  const pages = [first, ...more]
  const rows = pages.flatMap((page) => page.orders)
  const next = pages[pages.length - 1]?.next ?? null
  const names = useNames(asked)
  const place = usePlaces(rows)
  if (!first.total) return <Empty title={w.t('iso.none.title')} text={w.t('iso.none.text')} />
  return (
    <section className="card" aria-label={w.t('iso.tab.board')}>
      <header>
        <p role="status" className="muted">
          {w.t('iso.total', { n: w.n(first.total) })}
        </p>
        <NamesDoor names={names} />
      </header>
      <Grid
        label={w.t('iso.title')}
        rows={rows}
        keyOf={(one) => one.order}
        columns={[
          {
            key: 'who',
            title: w.t('card.person'),
            head: true,
            cell: (one) => (
              <>
                <a href={pathOf({ room: 'order', id: one.order })}>{w.t('iso.who', { id: one.person.slice(-6) })}</a>
                <Called names={names} person={one.person} />
              </>
            ),
          },
          { key: 'stage', title: w.t('iso.stage'), cell: (one) => <StageOf order={one} /> },
          { key: 'clock', title: w.t('iso.clock'), cell: (one) => <Clock order={one} now={now} /> },
          { key: 'class', title: w.t('iso.class'), cell: (one) => w.t(`class.${one.order_class}`) },
          {
            key: 'place',
            title: w.t('iso.place'),
            cell: (one) => (
              <>
                {w.t(`mode.${one.mode}`)}
                {one.station && <span className="block">{place(one.station)}</span>}
                <span className="muted block">
                  <AreaName code={one.community ?? one.area} />
                </span>
              </>
            ),
          },
          { key: 'end', title: w.t('iso.end'), cell: (one) => <Until order={one} now={now} /> },
        ]}
      />
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await isolation.orders({ ...asked, after: next })
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('iso.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

const TONE: Partial<Record<Stage, string>> = {
  issued: 'warns',
  deviates: 'fails',
  verified: 'active',
  lifted: 'disabled',
}

export function StageOf({ order }: { order: Pick<Order, 'stage' | 'faults' | 'disputed'> }) {
  const w = useSpoken()
  return (
    <>
      <span className={`tag ${TONE[order.stage] ?? ''}`}>{w.t(`stage.${order.stage}`)}</span>
      {order.faults > 0 && <span className="tag fails">{w.t('iso.fault')}</span>}
      {order.disputed && <span className="tag warns">{w.t('iso.disputed')}</span>}
    </>
  )
}

/** What stations are called, as far as one may see them. */
export function usePlaces(rows: readonly { station: string | null }[]): (id: string) => string {
  const { session, may } = useSession()
  const asked = may('stations.read') && rows.some((one) => one.station)
  const found = useResource(asked ? `places|${session?.area}` : null, (signal) =>
    stations.list({ closed: 'true' }, signal),
  )
  return (id) => found.data?.stations.find((s) => s.id === id)?.name ?? id.slice(-6)
}
