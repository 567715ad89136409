import { type Fault, isolation, type OrderCard } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { useTerms } from '../cases/terms'
import { Acts } from './Acts'
import { StageOf, usePlaces } from './Board'
import { Clock, Until } from './clocks'
import { useSpoken } from './words'

/** One order: what it says, why, who approved it, until when, how far it has come. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const found = useResource(`order|${id}`, (signal) => isolation.card(id, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <h1>{w.t('iso.who', { id: card.person.slice(-6) })}</h1>
        <nav className="tabs" aria-label={w.t('iso.tabs')}>
          <a href="#isolation">{w.t('card.back')}</a>
        </nav>
      </div>
      <Summary card={card} />
      <Acts card={card} done={found.retry} />
      <Stays card={card} />
      <Faults of={card.contradictions} />
      <Timeline card={card} />
    </>
  )
}

function Summary({ card }: { card: OrderCard }) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const { term, disease } = useTerms()
  const policy = useResource('isolation-policy', isolation.policy)
  const place = usePlaces([card])
  const basis = policy.data?.bases.find((one) => one.code === card.basis)
  const edition = disease(card.disease)?.editions.find((one) => one.code === card.edition)
  const room = card.order_class === 'close_contact' ? 'contact' : card.order_class === 'suspected' ? 'case' : null
  const lifted = policy.data?.lift_reasons.find((one) => one.code === card.lift_reason)
  const facts: [string, React.ReactNode][] = [
    [w.t('iso.stage'), <StageOf key="stage" order={card} />],
    [
      w.t('iso.place'),
      <>
        {w.t(`mode.${card.mode}`)}
        {card.station && (
          <>
            {' · '}
            {may('stations.read') ? (
              <a href={pathOf({ room: 'station', id: card.station })}>{place(card.station)}</a>
            ) : (
              place(card.station)
            )}
          </>
        )}
      </>,
    ],
    [w.t('card.end'), <Until key="end" order={card} now={now} />],
    [w.t('iso.clock'), card.next ? <Clock key="clock" order={card} now={now} /> : null],
    [
      w.t('card.of'),
      <>
        {w.t(`class.${card.order_class}`)}{' '}
        {room && may(`${room}s.read`) ? (
          <a href={pathOf({ room, id: card.of })}>{card.of.slice(-6)}</a>
        ) : (
          card.of.slice(-6)
        )}
        {card.reason && <span className="block lines">{card.reason}</span>}
      </>,
    ],
    [w.t('card.basis'), basis ? w.name(basis) : card.basis],
    [w.t('card.edition'), `${term('disease', card.disease)} · ${edition ? w.name(edition) : card.edition}`],
    [w.t('card.approver'), <Account key="approver" code={card.approver} of={card} />],
    [w.t('card.clinician'), card.clinician && <Account key="doctor" code={card.clinician} of={card} />],
    [w.t('card.issued'), w.stamp(card.issued)],
    [w.t('card.start'), w.moment(card.start, { opens: true })],
    [w.t('card.area'), <AreaName key="area" code={card.area} />],
    [w.t('card.community'), card.community && <AreaName key="home" code={card.community} />],
    [
      w.t('card.person'),
      may('people.see') ? (
        <a key="person" href={pathOf({ room: 'person', id: card.person })}>
          {card.person.slice(-6)}
        </a>
      ) : (
        card.person.slice(-6)
      ),
    ],
    [w.t('card.lifted'), card.lifted && `${w.stamp(card.lifted)} · ${lifted ? w.name(lifted) : card.lift_reason}`],
  ]
  return (
    <section className="card">
      <dl className="facts">
        {facts
          .filter(([, said]) => said !== null && said !== undefined && said !== '')
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

/** Who is behind a code, and whether nobody is. */
export function Account({ code, of }: { code: string; of: Pick<OrderCard, 'names' | 'unknown'> }) {
  const w = useSpoken()
  return (
    <>
      {of.names[code] ?? code}
      {of.unknown.includes(code) && <span className="tag warns">{w.t('card.unknown')}</span>}
    </>
  )
}

function Stays({ card }: { card: OrderCard }) {
  const w = useSpoken()
  const place = usePlaces([...card.stays, card])
  const time = (at: string | null) => (at ? w.stamp(at) : null)
  return (
    <section className="card">
      <h2>{w.t('card.stays')}</h2>
      <Grid
        label={w.t('card.stays')}
        rows={[...card.stays].reverse()}
        keyOf={(one) => one.since}
        columns={[
          {
            key: 'place',
            title: w.t('iso.place'),
            head: true,
            cell: (one) => (
              <>
                {w.t(`mode.${one.mode}`)}
                {one.ordered_station && <span className="block">{place(one.ordered_station)}</span>}
                {one.station && one.station !== one.ordered_station && (
                  <span className="late block">{w.t('card.other_place', { station: place(one.station) })}</span>
                )}
              </>
            ),
          },
          { key: 'ward', title: w.t('card.ward'), cell: (one) => one.ward },
          { key: 'since', title: w.t('card.since'), cell: (one) => time(one.since) },
          { key: 'received', title: w.t('card.received'), cell: (one) => time(one.received) },
          {
            key: 'executed',
            title: w.t('card.executed'),
            cell: (one) =>
              one.executed && (
                <>
                  {time(one.executed)}
                  <span className="muted block small">{one.executed_by}</span>
                </>
              ),
          },
          {
            key: 'verified',
            title: w.t('card.verified'),
            cell: (one) =>
              one.verified && (
                <>
                  {time(one.verified)}{' '}
                  <span className={one.as_ordered ? 'tag active' : 'tag fails'}>
                    {w.t(one.as_ordered ? 'card.as_ordered' : 'card.not_as_ordered')}
                  </span>
                </>
              ),
          },
          { key: 'left', title: w.t('card.left'), cell: (one) => time(one.left) },
        ]}
      />
    </section>
  )
}

/** What was recorded and contradicts what was before: shown, never dropped. */
export function Faults({ of }: { of: readonly Fault[] }) {
  const w = useSpoken()
  if (!of.length) return null
  return (
    <section className="card">
      <h2>{w.t('card.faults')}</h2>
      <p className="muted">{w.t('card.faults.text')}</p>
      <ul>
        {of.map((one) => (
          <li key={`${one.fact}${one.field}`} className="fault">
            {w.name(one)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Timeline({ card }: { card: OrderCard }) {
  const w = useSpoken()
  return (
    <section className="card">
      <h2>{w.t('card.timeline')}</h2>
      <ol className="timeline">
        {[...card.told].reverse().map((one) => (
          <li key={one.fact}>
            <p>
              <strong>{w.t(`kind.${one.kind}` as 'kind.isolation.ordered')}</strong>{' '}
              <time dateTime={one.observed_at}>{w.stamp(one.observed_at)}</time>
              {one.corrects && !one.kind.startsWith('record.') && <span className="tag">{w.t('card.corrects')}</span>}
            </p>
            <p className="muted small">
              {w.t('card.known', { by: card.names[one.author] ?? one.author, at: w.stamp(one.received_at) })}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
