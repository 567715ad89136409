import { type ArrivalCard, arrivals } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { Acts } from './Acts'
import { HandOver } from './List'
import { useSpoken } from './words'

/** One arrival: the hand-over, two measurements a day, medicine. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const found = useResource(`arrival|${id}`, (signal) => arrivals.card(id, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <section className="card">
        <header>
          <h2>
            {w.t('arr.who', { id: card.person.slice(-6) })}{' '}
            {may('people.see') && <a href={pathOf({ room: 'person', id: card.person })}>{w.t('card.person')}</a>}
          </h2>
          <a href="#arrivals?show=list">{w.t('card.back')}</a>
        </header>
        <dl className="facts">
          <div>
            <dt>{w.t('list.hand_over')}</dt>
            <dd>
              <HandOver of={card} now={now} />
            </dd>
          </div>
          <div>
            <dt>{w.t('list.arrived')}</dt>
            <dd>
              {w.stamp(card.arrived)} · {[w.t(`conv.${card.conveyance}`), card.number].filter(Boolean).join(' ')}
            </dd>
          </div>
          <div>
            <dt>{w.t('list.destination')}</dt>
            <dd>
              <AreaName code={card.area} /> {card.key_person && <span className="tag">{w.t('list.is_key')}</span>}
              {card.unwell && <span className="tag fails">{w.t('list.unwell')}</span>}
            </dd>
          </div>
          <div>
            <dt>{w.t('list.assignee')}</dt>
            <dd>{card.assignee || w.t('list.nobody')}</dd>
          </div>
          <div>
            <dt>{w.t(card.key_person ? 'card.until' : 'list.ends')}</dt>
            <dd>{w.moment(card.ends)}</dd>
          </div>
        </dl>
      </section>
      <Acts card={card} done={found.retry} />
      <Measures card={card} now={now} />
      <section className="card">
        <h2>{w.t('card.supplies')}</h2>
        {!card.supplies.length && <p className="muted">{w.t('card.supplies.none')}</p>}
        <ul className="entries">
          {card.supplies.map((one) => (
            <li key={one.fact}>
              {one.item} <span className="muted">{w.t('list.done', { by: one.by, at: w.stamp(one.at) })}</span>
            </li>
          ))}
        </ul>
      </section>
      {card.faults.length > 0 && (
        <section className="card">
          <h2>{w.t('card.faults')}</h2>
          <ul>
            {card.faults.map((one) => (
              <li key={one.fact} className="fault">
                {w.name(one)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** A row for each day since the hand-over, a column for each slot; what is missing is told apart from what is ahead. */
function Measures({ card, now }: { card: ArrivalCard; now: number | null }) {
  const w = useSpoken()
  const days = card.taken_over_at && card.key_person && now !== null ? daysOf(card, now) : []
  return (
    <section className="card">
      <h2>{w.t('card.grid')}</h2>
      {!days.length && <p className="muted">{w.t('card.grid.none')}</p>}
      {days.length > 0 && (
        <Grid
          label={w.t('card.grid')}
          rows={days}
          keyOf={(day) => day}
          columns={[
            { key: 'day', title: w.t('card.day'), head: true, cell: (day: string) => w.day(day) },
            ...card.slots.map((slot) => ({
              key: slot.code,
              title: `${w.name(slot)} ${slot.begins.slice(0, 5)}–${slot.ends.slice(0, 5)}`,
              cell: (day: string) => <Measured card={card} day={day} slot={slot} now={now ?? 0} />,
            })),
          ]}
        />
      )}
    </section>
  )
}

interface MeasuredProps {
  card: ArrivalCard
  day: string
  slot: ArrivalCard['slots'][number]
  now: number
}

function Measured({ card, day, slot, now }: MeasuredProps) {
  const w = useSpoken()
  const its = card.measures.filter((one) => one.day === day && one.slot === slot.code)
  const last = its[its.length - 1]
  if (last)
    return (
      <span className={last.unwell ? 'late' : undefined}>
        {[last.temp_c === null ? '' : w.celsius(last.temp_c), ...last.symptoms].filter(Boolean).join(' · ') || '✓'}
        <span className="muted block small">{last.by}</span>
      </span>
    )
  const over = now > Date.parse(`${day}T${slot.ends.slice(0, 5)}:00+08:00`)
  const before =
    card.taken_over_at && Date.parse(card.taken_over_at) > Date.parse(`${day}T${slot.ends.slice(0, 5)}:00+08:00`)
  if (before) return <>—</>
  return <span className={over ? 'late' : 'muted'}>{w.t(over ? 'card.missed' : 'card.ahead')}</span>
}

function daysOf(card: ArrivalCard, now: number): string[] {
  const days: string[] = []
  const last = Math.min(now, card.watched_until ? Date.parse(card.watched_until) - 1 : now)
  for (let at = Date.parse(`${civilDay(card.taken_over_at ?? '')}T00:00:00+08:00`); at <= last; at += 86_400_000)
    days.unshift(civilDay(new Date(at).toISOString()))
  return days
}
