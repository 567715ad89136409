import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import { Checkbox } from 'antd'
import { isolation, type Station, stations } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { PlaceImport } from '../../forms/PlaceImport'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { Alarms } from './Alarms'
import { Card } from './Card'
import { STATIONS } from './sheet'
import { Particulars } from './Particulars'
import { useSpoken } from './words'

/** Stations of observation and hospitals: their places, who is there, and whether they are looked after. */
export default function Stations({ route }: { route: Route }) {
  return route.room === 'station' ? <Card key={route.id} id={route.id} /> : <Inside />
}

function Inside() {
  const w = useSpoken()
  const { may } = useSession()
  const [filter] = useFilter()
  const tabs = may('stations.manage') ? (['board', 'new', 'import'] as const) : (['board'] as const)
  const tab = tabs.find((one) => one === filter.show) ?? 'board'
  return (
    <>
      <div className="heading">
        <h1>{w.t('st.title')}</h1>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('st.tabs')}>
            {tabs.map((one) => (
              <a key={one} href={`#stations?show=${one}`} aria-current={tab === one ? 'page' : undefined}>
                {w.t(`st.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {tab === 'board' && <Board />}
      {tab === 'new' && <Particulars />}
      {tab === 'import' && <PlaceImport of="stations" columns={STATIONS} take={stations.take} />}
    </>
  )
}

function Board() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const found = useResource(
    `stations|${area}|${filter.closed}`,
    (signal) => stations.list({ area, closed: filter.closed }, signal),
    'keep',
  )
  const policy = useResource('isolation-policy', isolation.policy)
  return (
    <>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('st.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('st.area')} />
        </div>
        <Checkbox
          checked={filter.closed === 'true'}
          onChange={(e) => narrow({ closed: e.target.checked ? 'true' : null })}
        >
          {w.t('st.closed')}
        </Checkbox>
      </search>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Listed rows={found.data.stations} hours={policy.data?.hours.round_h} />}
    </>
  )
}

function Listed({ rows, hours }: { rows: Station[]; hours?: number }) {
  const w = useSpoken()
  if (!rows.length) return <Empty title={w.t('st.none.title')} text={w.t('st.none.text')} />
  const sum = (of: (one: Station['occupancy']) => number) => rows.reduce((total, one) => total + of(one.occupancy), 0)
  return (
    <section className="card" aria-label={w.t('st.title')}>
      <p role="status" className="muted">
        {w.t('st.total', { n: w.n(rows.length) })} ·{' '}
        {w.t('st.sum', {
          beds: w.n(sum((o) => o.permanent + o.temporary)),
          temporary: w.n(sum((o) => o.temporary)),
          held: w.n(sum((o) => o.held)),
          present: w.n(sum((o) => o.present)),
          free: w.n(sum((o) => o.free)),
        })}
      </p>
      <Grid
        label={w.t('st.title')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'name',
            title: w.t('st.name'),
            head: true,
            cell: (one) => (
              <>
                <a href={pathOf({ room: 'station', id: one.id })}>{one.name}</a>
                <span className="muted block small">
                  {[one.number, w.t(`mode.${one.mode as 'central'}`)].filter(Boolean).join(' · ')}
                  {one.closed && ` · ${w.t('st.is_closed')}`}
                </span>
              </>
            ),
          },
          { key: 'town', title: w.t('st.town'), cell: (one) => <AreaName code={one.town} /> },
          { key: 'filling', title: w.t('st.filling'), cell: (one) => <Filling of={one.occupancy} /> },
          {
            key: 'round',
            title: w.t('st.round'),
            cell: (one) =>
              one.last_round ? w.stamp(one.last_round) : <span className="null">{w.t('st.round.none')}</span>,
          },
          { key: 'alarms', title: w.t('st.alarms'), cell: (one) => <Alarms of={one} hours={hours} /> },
          { key: 'duties', title: w.t('st.duties'), cell: (one) => <Duties of={one} /> },
        ]}
      />
    </section>
  )
}

/** How full a station is: a bar, and the numbers that say the same. */
export function Filling({ of }: { of: Station['occupancy'] }) {
  const w = useSpoken()
  const all = of.permanent + of.temporary
  const share = all ? Math.min(of.held / all, 1) : Number(of.held > 0)
  return (
    <div className={of.alarm ? 'filling over' : 'filling'}>
      <span className="full" aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span>
        {of.alarm
          ? `${w.n(of.held)}/${w.n(all)}`
          : w.t('st.filling.of', { held: w.n(of.held), all: w.n(all), free: w.n(of.free) })}
      </span>
      {of.temporary > 0 && (
        <span className="muted small">
          {w.t('st.places.of', { permanent: w.n(of.permanent), temporary: w.n(of.temporary) })}
        </span>
      )}
    </div>
  )
}

export const DUTIES = ['lead', 'clinician', 'disinfection', 'logistics'] as const

/** Who answers for what; one account with several duties is named once. */
export function Duties({ of }: { of: Pick<Station, (typeof DUTIES)[number]> }) {
  const w = useSpoken()
  const who = [...new Set(DUTIES.map((duty) => of[duty]))]
  return (
    <ul className="duty-list small">
      {who.map((account) => (
        <li key={account}>
          <span className="muted">
            {DUTIES.filter((duty) => of[duty] === account)
              .map((duty) => w.t(`duty.${duty}`))
              .join(w.lang === 'zh' ? '、' : ', ')}
          </span>{' '}
          {account}
        </li>
      ))}
    </ul>
  )
}
