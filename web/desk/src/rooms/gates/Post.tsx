import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { gates, type PostCard, type Shift } from '../../api/gates'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { DayField, plainDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { Undo, WHYS } from '../../parts/Undo'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { ActForm, Acts } from './Acts'
import { Gaps, Overdue, Staffed, Sums } from './Board'
import { Meet } from './Meet'
import { clockTime, timeOf, useTerms } from './terms'
import { useSpoken } from './words'

/** One post: the form for who passes, and a day of shifts, counts and treatments. */
export function Post({ id }: { id: string }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const today = civilDay(session?.server_time ?? '')
  const day = filter.day ?? today
  const [typed, setTyped] = useState(day)
  const found = useResource(`post|${id}|${day}`, (signal) => gates.card(id, day, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <h1>{card.name}</h1>
        <nav className="tabs" aria-label={w.t('gt.tabs')}>
          <a href="#gates">{w.t('gt.back')}</a>
        </nav>
      </div>
      {may('gates.screen') && !card.closed && <Meet post={card} done={found.retry} />}
      <Summary card={card} />
      <Acts card={card} done={found.retry} />
      <search className="card bounds">
        <label htmlFor="gate-day">{w.t('gt.day')}</label>
        <DayField
          id="gate-day"
          value={typed}
          onChange={(to) => {
            setTyped(to ?? '')
            const plain = plainDay(String(to ?? ''))
            if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) narrow({ day: plain === today ? null : plain })
          }}
        />
      </search>
      <Shifts card={card} done={found.retry} />
      <Counts card={card} done={found.retry} />
      <Treatments card={card} done={found.retry} />
    </>
  )
}

function Summary({ card }: { card: PostCard }) {
  const w = useSpoken()
  const terms = useTerms()
  const always = card.opens_min === 0 && card.closes_min === 1440
  const facts: [string, ReactNode][] = [
    [w.t('gt.staff'), <Staffed key="staff" of={card} />],
    [w.t('gt.gaps'), <Gaps key="gaps" of={card.gaps} />],
    [w.t('gt.overdue'), <Overdue key="overdue" of={card} />],
    [w.t('gt.today'), <Sums key="sums" of={card.tally} />],
    [w.t('gt.place_type'), terms.name('place_types', card.place_type)],
    [w.t('gt.department'), card.department ? terms.name('departments', card.department) : w.t('gt.department.none')],
    [w.t('gt.lead'), card.lead],
    [w.t('gt.town'), <AreaName key="town" code={card.area} />],
    [w.t('gt.number'), card.number],
    [w.t('gt.hours'), always ? w.t('gt.hours.always') : `${timeOf(card.opens_min)}–${timeOf(card.closes_min)}`],
    [w.t('gt.opened'), w.stamp(card.opened)],
    [w.t('gt.is_closed'), card.closed && w.stamp(card.closed)],
  ]
  return (
    <section className="card">
      <dl className="facts">
        {facts
          .filter(([, said]) => said !== null && said !== '')
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

function span(one: { begins: string; ends: string }): string {
  return `${clockTime(one.begins)}–${clockTime(one.ends, true)}`
}

interface DayProps {
  card: PostCard
  done: () => void
}

/** The way out of what was recorded of a day, for those who run the post. */
function useBack({ card, done }: DayProps) {
  const w = useSpoken()
  const { may } = useSession()
  if (!may('gates.run')) return () => null
  return (fact: string, what: string) => (
    <Undo
      what={what}
      whys={WHYS}
      take={(why) => gates.retract(card.id, fact, why)}
      done={done}
      key={`${w.lang}${fact}`}
    />
  )
}

function Shifts({ card, done }: DayProps) {
  const w = useSpoken()
  const terms = useTerms()
  const { may } = useSession()
  const back = useBack({ card, done })
  const [changed, setChanged] = useState<Shift | null>(null)
  const close = () => setChanged(null)
  return (
    <section className="card">
      <h2>{w.t('gt.shifts')}</h2>
      {card.too_long.map((one) => (
        <p key={`${one.who}${one.begins}`} className="late" role="alert">
          {w.t('gt.too_long', {
            h: w.n(terms.data?.longest_duty_h ?? 12),
            who: one.who,
            hours: w.n(Math.round(one.hours * 10) / 10),
          })}
        </p>
      ))}
      {changed && (
        <ActForm
          key={changed.id}
          act="shifts"
          card={card}
          shift={changed}
          close={close}
          done={() => {
            close()
            done()
          }}
        />
      )}
      {!card.shifts.length && <p className="muted">{w.t('gt.shifts.none')}</p>}
      {card.shifts.length > 0 && (
        <Grid
          label={w.t('gt.shifts')}
          rows={card.shifts}
          keyOf={(one) => one.id}
          columns={[
            { key: 'time', title: w.t('gt.time'), head: true, cell: span },
            {
              key: 'who',
              title: w.t('gt.who'),
              cell: (one) =>
                one.staff.length ? one.staff.join(', ') : <span className="tag warns">{w.t('gt.nobody')}</span>,
            },
            {
              key: 'acts',
              title: w.t('gt.mend'),
              cell: (one) =>
                may('gates.run') ? (
                  <span className="act-buttons">
                    {!card.closed && (
                      <Button
                        size="small"
                        aria-label={w.t('shift.change.of', { time: span(one) })}
                        onClick={() => setChanged(one)}
                      >
                        {w.t('shift.change')}
                      </Button>
                    )}
                    {back(one.id, `${w.t('gt.shifts')} ${span(one)}`)}
                  </span>
                ) : null,
            },
          ]}
        />
      )}
    </section>
  )
}

function Counts({ card, done }: DayProps) {
  const w = useSpoken()
  const terms = useTerms()
  const back = useBack({ card, done })
  return (
    <section className="card">
      <h2>{w.t('gt.counts')}</h2>
      {!card.counts.length && <p className="muted">{w.t('gt.counts.none')}</p>}
      {card.counts.length > 0 && (
        <Grid
          label={w.t('gt.counts')}
          rows={card.counts}
          keyOf={(one) => one.fact}
          columns={[
            {
              key: 'time',
              title: w.t('gt.time'),
              head: true,
              cell: (one) => (
                <>
                  {span(one)}
                  {one.overlaps && <span className="tag warns block">{w.t('gt.overlaps')}</span>}
                </>
              ),
            },
            { key: 'passed', title: w.t('gt.passed'), cell: (one) => w.n(one.passed) },
            { key: 'checked', title: w.t('gt.checked'), cell: (one) => w.n(one.checked) },
            {
              key: 'ratio',
              title: w.t('gt.ratio'),
              cell: (one) => (one.ratio === null ? '' : w.percent(one.ratio)),
            },
            {
              key: 'reason',
              title: w.t('gt.reason'),
              cell: (one) =>
                one.unexplained ? (
                  <span className="tag fails">{w.t('gt.unexplained')}</span>
                ) : (
                  terms.name('reasons', one.reason)
                ),
            },
            { key: 'by', title: w.t('gt.operator'), cell: (one) => one.author },
            { key: 'back', title: w.t('gt.mend'), cell: (one) => back(one.fact, `${w.t('gt.counts')} ${span(one)}`) },
          ]}
        />
      )}
    </section>
  )
}

function Treatments({ card, done }: DayProps) {
  const w = useSpoken()
  const terms = useTerms()
  const back = useBack({ card, done })
  return (
    <section className="card">
      <h2>{w.t('gt.treatments')}</h2>
      <dl className="facts">
        {card.treatments_due.map((one) => (
          <div key={`${one.measure}${one.conveyance}`}>
            <dt>{`${w.t(`gt.measure.${one.measure}`)} · ${one.conveyance || w.t('gt.place')}`}</dt>
            <dd className={one.red ? 'late' : undefined}>{`${w.t('gt.due')} ${w.stamp(one.due)}`}</dd>
          </div>
        ))}
      </dl>
      {!card.treatments.length && <p className="muted">{w.t('gt.treatments.none')}</p>}
      {card.treatments.length > 0 && (
        <Grid
          label={w.t('gt.treatments')}
          rows={card.treatments}
          keyOf={(one) => one.fact}
          columns={[
            { key: 'at', title: w.t('gt.time'), head: true, cell: (one) => w.stamp(one.at) },
            { key: 'measure', title: w.t('gt.measure'), cell: (one) => w.t(`gt.measure.${one.measure}`) },
            {
              key: 'where',
              title: w.t('gt.room'),
              cell: (one) => [one.conveyance, one.room].filter(Boolean).join(' '),
            },
            { key: 'agent', title: w.t('gt.agent'), cell: (one) => terms.name('agents', one.agent) },
            { key: 'minutes', title: w.t('gt.minutes'), cell: (one) => w.n(one.minutes) },
            { key: 'operator', title: w.t('gt.operator'), cell: (one) => one.operator },
            {
              key: 'back',
              title: w.t('gt.mend'),
              cell: (one) => back(one.fact, `${w.t(`gt.measure.${one.measure}`)} ${w.stamp(one.at)}`),
            },
          ]}
        />
      )}
    </section>
  )
}
