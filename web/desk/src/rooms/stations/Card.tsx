import { isolation, type StationCard, stations } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { Account, Faults } from '../isolation/Card'
import { Called, type Names, NamesDoor, useNames } from '../isolation/names'
import { Acts } from './Acts'
import { Alarms } from './Alarms'
import { Past } from './Past'
import { DUTIES, Filling } from './Stations'
import { useSpoken } from './words'

/** One station: places, who is there, rounds, gaps, logs. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`station|${id}`, (signal) => stations.card(id, signal), 'keep')
  const names = useNames({ station: id, standing: true })
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <h1>{card.name}</h1>
        <nav className="tabs" aria-label={w.t('st.tabs')}>
          <a href="#stations">{w.t('card.back')}</a>
          {may('isolation.read') && <a href={`#isolation?station=${card.id}`}>{w.t('card.orders')}</a>}
        </nav>
      </div>
      <Summary card={card} />
      <Acts card={card} names={names} done={found.retry} />
      <Residents card={card} names={names} />
      <Past card={card} names={names} />
      <Faults of={card.contradictions} />
    </>
  )
}

function Summary({ card }: { card: StationCard }) {
  const w = useSpoken()
  const { session } = useSession()
  const policy = useResource('isolation-policy', isolation.policy)
  const today = civilDay(session?.server_time ?? '')
  const { occupancy: its } = card
  const facts: [string, React.ReactNode][] = [
    [
      w.t('st.alarms'),
      <Alarms
        key="alarms"
        of={card}
        hours={policy.data?.hours.round_h}
        logged={card.logs.some((one) => one.day === today)}
      />,
    ],
    [w.t('st.filling'), <Filling key="filling" of={its} />],
    [w.t('st.places'), w.t('st.places.of', { permanent: w.n(its.permanent), temporary: w.n(its.temporary) })],
    [w.t('card.present'), w.n(its.present)],
    [w.t('card.in_temporary'), w.n(its.in_temporary)],
    [w.t('st.town'), <AreaName key="town" code={card.town} />],
    [w.t('st.number'), card.number],
    [w.t('st.mode'), w.t(`mode.${card.mode as 'central'}`)],
    ...DUTIES.map((duty): [string, React.ReactNode] => [
      w.t(`duty.${duty}`),
      <Account key={duty} code={card[duty]} of={card} />,
    ]),
    [
      w.t('st.staff'),
      card.staff.length > 0 && (
        <ul className="duty-list">
          {card.staff.map((code) => (
            <li key={code}>
              <Account code={code} of={card} />
            </li>
          ))}
        </ul>
      ),
    ],
    [w.t('card.opened'), w.stamp(card.opened)],
    [w.t('card.closed'), card.closed && w.stamp(card.closed)],
  ]
  return (
    <section className="card">
      <dl className="facts">
        {facts
          .filter(([, said]) => said !== null && said !== '' && said !== false)
          .map(([title, said]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{said}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

function Residents({ card, names }: { card: StationCard; names: Names }) {
  const w = useSpoken()
  const { may } = useSession()
  const hidden = !card.residents.length && card.occupancy.held > 0
  return (
    <section className="card">
      <header>
        <h2>{w.t('card.residents')}</h2>
        {card.residents.length > 0 && <NamesDoor names={names} />}
      </header>
      {!card.residents.length && <p className="muted">{w.t(hidden ? 'card.residents.sums' : 'card.residents.none')}</p>}
      {card.residents.length > 0 && (
        <Grid
          label={w.t('card.residents')}
          rows={card.residents}
          keyOf={(one) => one.order}
          columns={[
            {
              key: 'who',
              title: w.t('card.person'),
              head: true,
              cell: (one) => {
                const called = w.t('card.who', { id: one.person.slice(-6) })
                return (
                  <>
                    {may('isolation.read') ? <a href={pathOf({ room: 'order', id: one.order })}>{called}</a> : called}
                    <Called names={names} person={one.person} />
                  </>
                )
              },
            },
            { key: 'ward', title: w.t('card.ward'), cell: (one) => one.ward },
            {
              key: 'entered',
              title: w.t('card.entered'),
              cell: (one) =>
                one.entered ? w.stamp(one.entered) : <span className="tag warns">{w.t('card.awaited')}</span>,
            },
            { key: 'due', title: w.t('card.due'), cell: (one) => w.moment(one.due_end) },
          ]}
        />
      )}
    </section>
  )
}
