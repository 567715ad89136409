import { cases } from '../../api/cases'
import { contacts } from '../../api/contacts'
import { holds } from '../../api/gates'
import { isolation } from '../../api/isolation'
import { plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { warning } from '../../api/warning'
import { civilDay } from '../../moments'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** How one's area stands, each number with the way to what it is made of. */
export function State({ now }: { now: string }) {
  const w = useSpoken()
  const { session, may } = useSession()
  if (!session) return null
  const area = session.area
  const shown = TILES.filter(([, action]) => may(action))
  if (!shown.length) return null
  return (
    <section className="state-of" aria-label={w.t('today.state')}>
      <ul>
        {shown.map(([Tile, action]) => (
          <Tile key={action} area={area} now={now} />
        ))}
      </ul>
    </section>
  )
}

interface Of {
  area: string
  now: string
}

const TILES: [(of: Of) => React.ReactNode, string][] = [
  [Level, 'plans.read'],
  [Signals, 'warning.read'],
  [Cases, 'cases.read'],
  [Contacts, 'contacts.read'],
  [Orders, 'isolation.read'],
  [Holds, 'holds.read'],
  [Samples, 'cases.sample'],
]

interface FigureProps {
  title: string
  to: string
  /** Null while it is asked for. */
  value: string | null
  error: Error | null
  note?: string
  alarms?: boolean
}

function Figure({ title, to, value, error, note, alarms }: FigureProps) {
  const w = useSpoken()
  return (
    <li className={alarms ? 'alarms' : undefined}>
      <a href={to}>
        <span>{title}</span>
        <strong>{error ? <small>{w.t('today.state.failed')}</small> : (value ?? '…')}</strong>
        {note && <small>{note}</small>}
      </a>
    </li>
  )
}

function Level({ area }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(`level|${area}`, (signal) => plans.response(area, signal), 'keep', ['command'])
  const level = data?.level ?? data?.above[0]
  const value = level ? w.t('today.level.of', { level: level.level }) : w.t('today.level.none')
  return <Figure title={w.t('today.level')} to="#plans" value={data && value} error={error} />
}

function Signals({ area, now }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(`signals|${area}|${now}`, (signal) => warning.counts({ area }, signal), 'keep', [
    'warning',
  ])
  const open = data?.rules.reduce((n, rule) => n + rule.open, 0) ?? 0
  return <Figure title={w.t('today.signals')} to="#warning" value={data && w.n(open)} error={error} alarms={open > 0} />
}

function Cases({ area, now }: Of) {
  const w = useSpoken()
  const since = `${civilDay(now)}T00:00:00+08:00`
  const { data, error } = useResource(
    `cases|${area}|${now}`,
    (signal) => cases.counts({ area, since, until: now }, signal),
    'keep',
    ['cases'],
  )
  const of = (name: string) => data && w.n(data.stocks[name] ?? data.flows[name] ?? 0)
  const fresh = (name: string) => (data ? w.t('today.new', { n: of(name) ?? '' }) : undefined)
  return (
    <>
      <Figure
        title={w.t('today.confirmed')}
        to="#cases"
        value={of('confirmed_existing')}
        error={error}
        note={fresh('confirmed_new')}
      />
      <Figure
        title={w.t('today.suspected')}
        to="#cases"
        value={of('suspected')}
        error={error}
        note={fresh('suspected_new')}
      />
    </>
  )
}

function Contacts({ area, now }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(`contacts|${area}|${now}`, (signal) => contacts.counts(area, signal), 'keep', [
    'contacts',
  ])
  const note = data?.stock.to_trace ? w.t('today.to_trace', { n: w.n(data.stock.to_trace) }) : undefined
  const value = data && w.n(data.stock.observing)
  return <Figure title={w.t('today.observing')} to="#contacts" value={value} error={error} note={note} />
}

function Orders({ area, now }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(`orders|${area}|${now}`, (signal) => isolation.counts(area, signal), 'keep', [
    'isolation',
  ])
  const value = data && w.n(Object.values(data.mode).reduce((n, one) => n + one, 0))
  return <Figure title={w.t('today.orders')} to="#isolation" value={value} error={error} />
}

function Holds({ now }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(`holds|${now}`, (signal) => holds.list({}, signal), 'keep', ['gates'])
  return <Figure title={w.t('today.holds')} to="#gates" value={data && w.n(data.total)} error={error} />
}

function Samples({ now }: Of) {
  const w = useSpoken()
  const { data, error } = useResource(
    `samples|${now}`,
    (signal) => cases.samples({ waiting: 'true' }, signal),
    'keep',
    ['cases'],
  )
  return <Figure title={w.t('today.samples')} to="#samples" value={data && w.n(data.length)} error={error} />
}
