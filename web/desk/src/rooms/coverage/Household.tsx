import { Button, Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { useResource } from '../../api/resource'
import { DISPOSITIONS, type HouseholdCard, type Resident, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Photographs } from '../gates/InspectionPhoto'
import { NamesDoor, useShown, type Names } from '../isolation/names'
import { Dispose } from './Dispose'
import { Holder } from './Holder'
import { HouseholdActs } from './HouseholdActs'
import { doorOf, inOrder, waiting } from './residents'
import { useSpoken } from './words'
import { AreaName } from '../../forms/AreaName'

interface Props {
  id: string
  open: (household: string) => void
  close: () => void
}

/** One household: who lives there, whoever still needs something arranged first; each visit; what is wrong. */
export function Household({ id, open, close }: Props) {
  const w = useSpoken()
  const found = useResource(`household|${id}`, (signal) => screening.household(id, '', signal), 'keep')
  const names = useShown(id, async (purpose, signal) => {
    const { residents } = await screening.household(id, purpose, signal)
    const people = residents.map((one) => [one.person, { fields: { name: one.name ?? '' } }])
    return { people: Object.fromEntries(people), cut: false }
  })
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <section className="card" aria-labelledby="home-title">
        <header>
          <h2 id="home-title">{doorOf(card)}</h2>
          <Button onClick={close}>{w.t('miss.back')}</Button>
        </header>
        <Particulars card={card} />
        {card.faults.map((one) => (
          <p key={one.fact} className="late" role="alert">
            {w.lang === 'zh' ? one.zh : one.en}
          </p>
        ))}
      </section>
      <HouseholdActs card={card} done={(home) => (home === id ? found.retry() : open(home))} />
      <section className="card" aria-labelledby="home-people">
        <header>
          <h2 id="home-people">{w.t('home.people')}</h2>
          <NamesDoor names={names} />
        </header>
        {card.residents.length === 0 && <p className="muted">{w.t('home.nobody')}</p>}
        {card.residents.length > 0 && <People card={card} names={names} done={found.retry} />}
      </section>
      <Visits card={card} names={names} />
      <Photographs about={card.id} />
    </>
  )
}

function Particulars({ card }: { card: HouseholdCard }) {
  const w = useSpoken()
  const told: [string, ReactNode][] = [
    [w.t('daily.unit'), <AreaName key="area" code={card.area} />],
    [w.t('grids.name'), card.of_grid?.name],
    [w.t('cov.holder'), card.of_grid ? <Holder key="holder" code={card.of_grid.holder} names={card.names} /> : null],
    [w.t('home.expected'), card.expected === null ? null : w.n(card.expected)],
    [w.t('cov.members'), w.n(card.members)],
    [w.t('home.registered'), card.registered_at ? w.stamp(card.registered_at) : w.t('home.unregistered')],
  ]
  return (
    <dl className="facts">
      {told
        .filter(([, said]) => said !== null && said !== undefined)
        .map(([title, said]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{said}</dd>
          </div>
        ))}
    </dl>
  )
}

interface PeopleProps {
  card: HouseholdCard
  names: Names
  done: () => void
}

function People({ card, names, done }: PeopleProps) {
  const w = useSpoken()
  const { may } = useSession()
  const called = (one: Resident) => names.of(one.person) || w.t('home.person', { id: one.person.slice(-6) })
  const arranged = (one: Resident) => {
    const known = DISPOSITIONS.find((code) => code === one.disposition)
    if (known) return `${w.t(`dispose.${known}`)} · ${one.disposed_at ? w.stamp(one.disposed_at) : ''}`
    if (!waiting(one)) return null
    if (!may('screening.visit')) return <span className="tag fails">{w.t('dispose.none')}</span>
    return <Dispose household={card.id} area={card.area} person={one.person} who={called(one)} done={done} />
  }
  return (
    <Grid
      label={w.t('home.people')}
      rows={inOrder(card.residents)}
      keyOf={(one) => one.person}
      columns={[
        { key: 'who', title: w.t('home.who'), head: true, cell: called },
        {
          key: 'lives',
          title: w.t('home.lives'),
          cell: (one) => (
            <>
              {w.t(one.left_at ? 'home.left' : one.member ? 'home.member' : 'home.guest')}{' '}
              {one.member && may('screening.visit') && (
                <Leave card={card} person={one.person} who={called(one)} done={done} />
              )}
            </>
          ),
        },
        {
          key: 'came',
          title: w.t('home.came'),
          cell: (one) =>
            one.came_from ? (
              <>
                <AreaName code={one.came_from} /> {one.arrived}
              </>
            ) : null,
        },
        {
          key: 'last',
          title: w.t('home.last'),
          cell: (one) => (one.last_at ? w.stamp(one.last_at) : w.t('miss.never')),
        },
        {
          key: 'unwell',
          title: w.t('home.unwell'),
          cell: (one) => (one.unwell_at ? <span className="tag warns">{w.stamp(one.unwell_at)}</span> : null),
        },
        { key: 'arranged', title: w.t('dispose.title'), cell: arranged },
      ]}
    />
  )
}

/** Somebody lives there no longer. */
function Leave({ card, person, who, done }: Pick<PeopleProps, 'card' | 'done'> & { person: string; who: string }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const leave = () =>
    run(async () => {
      await screening.leave(card, person)
      done()
    })
  return (
    <>
      <Popconfirm
        title={w.t('leave.sure', { who })}
        okText={w.t('leave.go')}
        cancelText={w.t('round.cancel')}
        onConfirm={leave}
      >
        <Button size="small" loading={busy} aria-label={w.t('leave.of', { who })}>
          {w.t('leave.go')}
        </Button>
      </Popconfirm>
      <Told error={error} />
    </>
  )
}

const OUTCOMES = ['met', 'refused', 'not_met', 'vacant', 'follow_up'] as const
const EVIDENCE = ['qr', 'photo', 'signature', 'none'] as const

function Visits({ card, names }: { card: HouseholdCard; names: Names }) {
  const w = useSpoken()
  const { visits } = card
  const number = useResource(`rounds|${card.area}`, (signal) => screening.rounds(card.area, signal))
  const round = (id: string) => number.data?.rounds.find((one) => one.id === id)?.number
  return (
    <section className="card" aria-labelledby="home-visits">
      <header>
        <h2 id="home-visits">{w.t('home.visits')}</h2>
      </header>
      {visits.length === 0 && <p className="muted">{w.t('miss.never')}</p>}
      {visits.length > 0 && (
        <Grid
          label={w.t('home.visits')}
          rows={visits}
          keyOf={(one) => one.fact}
          columns={[
            { key: 'at', title: w.t('home.at'), head: true, cell: (one) => w.stamp(one.at) },
            {
              key: 'round',
              title: w.t('cov.round'),
              cell: (one) => {
                const n = round(one.round)
                return n === undefined ? null : w.t('cov.round.n', { n })
              },
            },
            {
              key: 'outcome',
              title: w.t('home.outcome'),
              cell: (one) => {
                const known = OUTCOMES.find((code) => code === one.outcome)
                return known ? w.t(`home.outcome.${known}`) : one.outcome
              },
            },
            {
              key: 'seen',
              title: w.t('home.seen'),
              cell: (one) =>
                one.members?.length ? (
                  <ul className="spans">
                    {one.members.map((each) => (
                      <li key={each.person}>
                        {names.of(each.person) || w.t('home.person', { id: each.person.slice(-6) })}{' '}
                        {each.temp_c === null ? '' : w.celsius(each.temp_c)}
                      </li>
                    ))}
                  </ul>
                ) : null,
            },
            {
              key: 'evidence',
              title: w.t('home.evidence'),
              cell: (one) => {
                const known = EVIDENCE.find((code) => code === one.evidence)
                return known ? w.t(`home.evidence.${known}`) : one.evidence
              },
            },
            { key: 'by', title: w.t('home.by'), cell: (one) => one.author },
          ]}
        />
      )}
    </section>
  )
}
