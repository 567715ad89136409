import { Form } from 'antd'
import { useResource } from '../../api/resource'
import { type Daily, type DailyUnit, type Reporting, screening } from '../../api/screening'
import { DayField, plainDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Closing } from './Closing'
import { useSpoken } from './words'
import { AreaName } from '../../forms/AreaName'

const STATES: Reporting[] = ['reported', 'zero', 'late', 'not_reported', 'awaited']
const TIMES = [
  ['listed', 'from_listed'],
  ['elsewhere', 'from_elsewhere'],
  ['outside', 'from_outside'],
  ['local', 'local'],
] as const
const AMISS: Partial<Record<Reporting, string>> = { late: 'warns', not_reported: 'fails' }

/** Who has reported a day, who is late, and what the reports come to. */
export function DailyBoard({ area }: { area: string }) {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const day = filter.day ?? civilDay(session?.server_time ?? '')
  const found = useResource(`daily|${area}|${day}`, (signal) => screening.report({ area, day }, signal), 'keep')
  const pick = (to: string) => {
    const plain = plainDay(to)
    if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) narrow({ day: plain })
  }
  return (
    <section className="card" aria-labelledby="daily-title">
      <header>
        <h2 id="daily-title">{w.t('daily.title')}</h2>
        <Form layout="inline">
          <Form.Item label={w.t('daily.day')}>
            <DayField value={day} onChange={pick} />
          </Form.Item>
        </Form>
        {found.data && <span className="muted">{w.t('daily.due', { at: w.stamp(found.data.due) })}</span>}
      </header>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data && <Board daily={found.data} done={found.retry} />}
    </section>
  )
}

function Board({ daily, done }: { daily: Daily; done: () => void }) {
  const w = useSpoken()
  const [unit] = daily.units
  return (
    <>
      <ul className="states-row">
        {STATES.map((state) => (
          <li key={state}>
            <span className={`tag ${daily.states[state] ? (AMISS[state] ?? '') : ''}`}>
              {w.t(`daily.state.${state}`)}
            </span>{' '}
            {w.n(daily.states[state] ?? 0)}
          </li>
        ))}
      </ul>
      {daily.counted && unit && <Closing unit={unit} day={daily.day} counted={daily.counted} done={done} />}
      <Sums daily={daily} />
      {daily.units.length > 0 ? (
        <Units units={daily.units} day={daily.day} />
      ) : (
        <p className="muted pad">{w.t('daily.none')}</p>
      )}
    </>
  )
}

/** Person-times in one line, persons in another: no number is made of both. */
function Sums({ daily }: { daily: Daily }) {
  const w = useSpoken()
  const { sums } = daily
  const { hospital, home, central, other, none } = sums.disposals
  return (
    <>
      <dl className="figures-row">
        {TIMES.map(([name, of]) => (
          <div key={name}>
            <dt>{w.t(`daily.${name}`)}</dt>
            <dd>
              <b>{w.n(sums[of].n)}</b>
            </dd>
          </div>
        ))}
        <div>
          <dt>{w.t('daily.unwell')}</dt>
          <dd>
            <b>{w.n(sums.unwell.n)}</b>
            <span className="muted">
              {w.t('daily.disposed', {
                a: w.n(hospital ?? 0),
                b: w.n(home ?? 0),
                c: w.n(central ?? 0),
                d: w.n(other ?? 0),
                e: w.n(none ?? 0),
              })}
            </span>
          </dd>
        </div>
      </dl>
      <p className="muted">
        {w.t('daily.sums')} {w.t('cov.apart')}
      </p>
    </>
  )
}

function Units({ units, day }: { units: DailyUnit[]; day: string }) {
  const w = useSpoken()
  const number = (pick: (figures: NonNullable<DailyUnit['figures']>) => number) => (unit: DailyUnit) =>
    unit.figures ? w.n(pick(unit.figures)) : w.t('daily.null')
  return (
    <Grid
      label={w.t('daily.title')}
      rows={units}
      keyOf={(unit) => unit.area}
      columns={[
        {
          key: 'unit',
          title: w.t('daily.unit'),
          head: true,
          cell: (unit) => (
            <a href={`#coverage?show=daily&area=${unit.area}&day=${day}`}>
              <AreaName code={unit.area} />
            </a>
          ),
        },
        {
          key: 'state',
          title: w.t('daily.state'),
          cell: (unit) => <span className={`tag ${AMISS[unit.state] ?? ''}`}>{w.t(`daily.state.${unit.state}`)}</span>,
        },
        { key: 'when', title: w.t('daily.when'), cell: (unit) => (unit.first_at ? w.stamp(unit.first_at) : null) },
        { key: 'outside', title: w.t('daily.outside'), cell: number((f) => f.from_outside.n), className: 'number' },
        { key: 'local', title: w.t('daily.local'), cell: number((f) => f.local.n), className: 'number' },
        { key: 'unwell', title: w.t('daily.unwell'), cell: number((f) => f.unwell.n), className: 'number' },
      ]}
    />
  )
}
