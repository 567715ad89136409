import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { mobilisation, type Rota as Plan, type Shift } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { PlanShifts } from './PlanShifts'
import { Undo } from './parts'
import { Worked } from './Worked'
import { LIVE, type OfArea, wordOf } from './terms'
import { useSpoken } from './words'

const DAYS = 7
type Lines = Record<string, { proposed: string[]; people: string[] }>

/** The shifts of a week with who is on them; who could take the open places, changed by hand, confirmed. */
export function Rota({ area, terms }: OfArea) {
  const w = useSpoken()
  const id = useId()
  const now = useNow()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const [planning, setPlanning] = useState(false)
  const first = filter.first || (now === null ? '' : civilDay(now))
  const found = useResource(
    first ? `shifts|${area}|${first}` : null,
    (signal) => mobilisation.shifts(area, first, DAYS, signal),
    'keep',
    LIVE,
  )
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const shifts = found.data
  return (
    <>
      <div className="card bounds">
        <div className="pick inline">
          <label htmlFor={id}>{w.t('rota.week')}</label>
          <Input
            id={id}
            type="date"
            value={first}
            onChange={(e) => e.target.value && narrow({ first: e.target.value })}
          />
        </div>
        {may('teams.manage') && (
          <Button aria-expanded={planning} onClick={() => setPlanning(!planning)}>
            {w.t('rota.plan')}
          </Button>
        )}
      </div>
      {planning && <PlanShifts area={area} terms={terms} first={first} done={found.retry} />}
      {!shifts.length && <Empty title={w.t('rota.none.title')} text={w.t('rota.none.text')} />}
      {shifts.length > 0 && (
        <Week key={`${area}|${first}`} area={area} first={first} shifts={shifts} terms={terms} done={found.retry} />
      )}
    </>
  )
}

interface WeekProps extends OfArea {
  first: string
  shifts: Shift[]
  done: () => void
}

function Week({ area, first, shifts, terms, done }: WeekProps) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [plan, setPlan] = useState<Plan | null>(null)
  const [lines, setLines] = useState<Lines>({})
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState('')
  const open = shifts.reduce((sum, one) => sum + one.places - one.people.length, 0)
  const propose = () =>
    run(async () => {
      const made = await mobilisation.propose(area, first, DAYS)
      setPlan(made)
      setLines(Object.fromEntries(made.lines.map((one) => [one.shift, { proposed: one.people, people: one.people }])))
      setSaid('')
    })
  const confirm = () =>
    run(async () => {
      const told = Object.entries(lines).map(([shift, one]) => ({ shift, ...one }))
      const { given } = await mobilisation.confirm({ id, lines: told })
      setId(newId())
      setPlan(null)
      setLines({})
      setSaid(w.t('rota.done', { n: w.n(given) }))
      done()
    })
  const change = (shift: string, people: string[]) =>
    setLines((before) => ({ ...before, [shift]: { proposed: before[shift]?.proposed ?? [], people } }))
  return (
    <section className="card" aria-labelledby="rota-title">
      <h2 id="rota-title">{w.t('rota.title', { n: w.n(shifts.length), open: w.n(open) })}</h2>
      {may('teams.manage') && !plan && open > 0 && (
        <Button type="primary" loading={busy} onClick={propose}>
          {w.t('rota.propose')}
        </Button>
      )}
      {plan && <Proposed of={plan} />}
      <LongGrid
        label={w.t('mob.tab.rota')}
        rows={shifts}
        keyOf={(one) => one.id}
        total={shifts.length}
        more={null}
        onward={false}
        busy={false}
        columns={[
          { key: 'when', title: w.t('rota.when'), head: true, cell: (one) => <When of={one} /> },
          {
            key: 'what',
            title: w.t('rota.duty'),
            cell: (one) => (
              <>
                {w.name(wordOf(terms.needs, one.duty))}
                {one.skill && <span className="muted block small">{w.name(wordOf(terms.skills, one.skill))}</span>}
              </>
            ),
          },
          { key: 'where', title: w.t('mob.area'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'who', title: w.t('rota.who'), cell: (one) => <Who of={one} terms={terms} /> },
          ...(plan
            ? [
                {
                  key: 'proposed',
                  title: w.t('rota.proposed'),
                  cell: (one: Shift) => <Line of={one} line={lines[one.id]} plan={plan} change={change} />,
                },
              ]
            : []),
          {
            key: 'acts',
            title: '',
            className: 'acts',
            cell: (one) => (may('teams.manage') && !plan ? <ShiftActs of={one} done={done} /> : null),
          },
        ]}
      />
      <Told error={error} />
      {plan && (
        <div className="actions">
          <Button type="primary" loading={busy} onClick={confirm}>
            {w.t('rota.confirm')}
          </Button>
          <Button onClick={() => setPlan(null)}>{w.t('rota.drop')}</Button>
        </div>
      )}
      <div role="status">{said && <p>{said}</p>}</div>
    </section>
  )
}

/** What the plan reaches, and what nobody's plan could pass. */
function Proposed({ of }: { of: Plan }) {
  const w = useSpoken()
  return (
    <p role="status">
      {w.t('rota.reached', { n: w.n(of.filled), of: w.n(of.places), most: w.n(of.most) })}{' '}
      {w.t(of.gap > 0 ? 'rota.gap' : 'rota.best', { gap: w.n(Math.ceil(of.gap * 1000) / 10) })}{' '}
      {of.filled > 0 && w.t('rota.load', { least: w.n(of.least), longest: w.n(of.longest) })}
    </p>
  )
}

function When({ of }: { of: Shift }) {
  const w = useSpoken()
  const hours = (Date.parse(of.ends) - Date.parse(of.starts)) / 3_600_000
  return (
    <>
      {w.span(of.starts, of.ends)}
      <span className="muted block small">{w.t('rota.lasts', { n: w.n(hours) })}</span>
    </>
  )
}

const hoursOf = (spans: { starts: string; ends: string }[]) =>
  Math.round(spans.reduce((sum, one) => sum + Date.parse(one.ends) - Date.parse(one.starts), 0) / 360_000) / 10

function Who({ of, terms }: { of: Shift; terms: OfArea['terms'] }) {
  const w = useSpoken()
  const short = of.people.length < of.places
  return (
    <>
      <span className={`tag ${short ? 'warns' : 'active'}`}>
        {w.t('rota.taken', { n: w.n(of.people.length), of: w.n(of.places) })}
      </span>
      {of.worked.length > 0 && (
        <span className="muted block small">
          {w.t('rota.worked.told', { n: w.n(of.worked.length), hours: w.n(hoursOf(of.worked)) })}
        </span>
      )}
      {of.people.length > 0 && (
        <span className="muted block small">
          {of.people.map((one) => w.t('mob.person', { id: one.slice(-6) })).join(w.lang === 'zh' ? '、' : ', ')}
        </span>
      )}
      {of.contradictions > 0 && (
        <span className="late block small">{w.t('mob.contradictions', { n: w.n(of.contradictions) })}</span>
      )}
      {of.call && <span className="muted block small">{w.name(wordOf(terms.needs, of.duty))}</span>}
    </>
  )
}

interface LineProps {
  of: Shift
  line: Lines[string] | undefined
  plan: Plan
  change: (shift: string, people: string[]) => void
}

/** The people of one shift as proposed, to be changed by hand. */
function Line({ of, line, plan, change }: LineProps) {
  const w = useSpoken()
  const open = of.places - of.people.length
  if (open < 1) return null
  const known = [...new Set(plan.lines.flatMap((one) => one.people))]
  return (
    <Select
      mode="multiple"
      size="small"
      className="people"
      maxCount={open}
      aria-label={w.t('rota.proposed')}
      value={line?.people ?? []}
      onChange={(people: string[]) => change(of.id, people)}
      options={known.map((one) => ({ value: one, label: w.t('mob.person', { id: one.slice(-6) }) }))}
    />
  )
}

/** Somebody who does not come gives the place up; a shift that is not needed is cancelled. */
function ShiftActs({ of, done }: { of: Shift; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  const begun = now !== null && Date.parse(of.starts) <= now
  const { busy, error, run } = useAct()
  const act = (body: Parameters<typeof mobilisation.actOfShift>[1]) =>
    run(() => mobilisation.actOfShift(of.id, body).then(done))
  return (
    <div className="row-acts">
      {begun && <Worked of={of} done={done} />}
      {of.people.length > 0 && !begun && (
        <Select
          size="small"
          value={null}
          aria-label={w.t('rota.give_up')}
          placeholder={w.t('rota.give_up')}
          popupMatchSelectWidth={false}
          onChange={(person: string | null) => person && act({ act: 'give_up', person })}
          options={of.people.map((one) => ({ value: one, label: w.t('mob.person', { id: one.slice(-6) }) }))}
        />
      )}
      {!begun && (
        <Button size="small" loading={busy} onClick={() => act({ act: 'cancel' })}>
          {w.t('rota.cancel')}
        </Button>
      )}
      <Undo of={of} take={mobilisation.takeBackShift} done={done} />
      <Told error={error} />
    </div>
  )
}
