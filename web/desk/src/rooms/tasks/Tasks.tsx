import { Checkbox, Input, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useResource } from '../../api/resource'
import { type Narrowed, type Summary, type Task, type Tasks as Page, tasks } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { useStaying } from '../../forms/staying'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import '../../styles/tasks.css'
import { NamesDoor, useShown } from '../isolation/names'
import { Assign } from './Assign'
import { Lines } from './Lines'
import { Sums } from './Sums'
import { useSpoken } from './words'

const TODO = ['open', 'late', 'missed']
/** The people of so many tasks are shown at once. */
const MOST_NAMED = 200

/** What is to be done on a day, for whom one may see, and what became of it. */
export default function Tasks() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const today = (session?.server_time ?? '').slice(0, 10) && civilDay(session?.server_time ?? '')
  const narrowed: Narrowed = {
    area: filter.area ?? top,
    day: filter.day || today,
    mine: filter.mine,
    rule: filter.rule,
    state: filter.state === 'all' ? undefined : TODO,
  }
  const key = JSON.stringify(narrowed)
  const summary = useResource(
    `sums|${narrowed.area}|${narrowed.day}|${narrowed.mine}`,
    (signal) => tasks.summary({ area: narrowed.area, day: narrowed.day, mine: narrowed.mine }, signal),
    'drop',
    ['tasks'],
  )
  if (!session) return null
  const states = summary.data?.whole.states
  const waiting = filter.rule || !states ? 0 : (states.open ?? 0) + (states.late ?? 0) + (states.missed ?? 0)
  return (
    <>
      <div className="heading">
        <h1>{w.t('tasks.title')}</h1>
        <p className="muted">{w.t('tasks.text')}</p>
      </div>
      <Bounds filter={filter} narrow={narrow} top={top} day={narrowed.day ?? ''} summary={summary.data} />
      {summary.error && <Failure error={summary.error} retry={summary.retry} told />}
      <Found key={key} narrowed={narrowed} assigning={may('tasks.assign')} held={waiting} recorded={summary.retry} />
      {summary.data && <Sums of={summary.data} />}
    </>
  )
}

interface BoundsProps {
  filter: Record<string, string>
  narrow: (part: Record<string, string | null>) => void
  top: string
  day: string
  summary: Summary | null
}

function Bounds({ filter, narrow, top, day, summary }: BoundsProps) {
  const w = useSpoken()
  const id = useId()
  const rules = Object.entries(summary?.rules ?? {}).map(([value, title]) => ({ value, label: w.name(title) }))
  return (
    <search className="card bounds">
      <div className="pick inline">
        <span aria-hidden>{w.t('tasks.area')}</span>
        <AreaField
          top={top}
          value={filter.area ?? top}
          onChange={(area) => narrow({ area })}
          label={w.t('tasks.area')}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-day`}>{w.t('tasks.day')}</label>
        <Input id={`${id}-day`} type="date" value={day} onChange={(e) => narrow({ day: e.target.value })} />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-rule`}>{w.t('tasks.rule')}</label>
        <Select
          id={`${id}-rule`}
          value={filter.rule ?? ''}
          onChange={(rule) => narrow({ rule })}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: w.t('tasks.rule.all') }, ...rules]}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-state`}>{w.t('tasks.state')}</label>
        <Select
          id={`${id}-state`}
          value={filter.state ?? ''}
          onChange={(state) => narrow({ state })}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: w.t('tasks.state.todo') },
            { value: 'all', label: w.t('tasks.state.all') },
          ]}
        />
      </div>
      <Checkbox checked={filter.mine === 'true'} onChange={(e) => narrow({ mine: e.target.checked ? 'true' : null })}>
        {w.t('tasks.mine')}
      </Checkbox>
    </search>
  )
}

interface FoundProps {
  narrowed: Narrowed
  assigning: boolean
  /** How many wait by the sums: some where the list is empty means that one sees sums only. */
  held: number
  recorded: () => void
}

function Found({ narrowed, assigning, held, recorded }: FoundProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const first = useResource('tasks', (signal) => tasks.list(narrowed, signal), 'keep', ['tasks'])
  const [more, setMore] = useState<Task[]>([])
  const [named, setNamed] = useState<Page['names']>({})
  const [next, setNext] = useState<string | null | undefined>(undefined)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const listed = useMemo(() => [...(first.data?.tasks ?? []), ...more], [first.data, more])
  const all = useStaying(listed, (one) => one.id, first.followed)
  const about = all.filter((t) => t.person)
  const names = useShown(about.map((t) => t.id).join('|'), async (purpose, signal) => {
    const { people } = await tasks.people(about.slice(0, MOST_NAMED), purpose, signal)
    return { people, cut: about.length > MOST_NAMED }
  })
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  const on = next === undefined ? first.data.next : next
  if (!all.length && held > 0) return <Empty title={w.t('tasks.sums.only')} text={w.t('tasks.sums.only.text')} />
  if (!all.length) return <Empty title={w.t('tasks.none.title')} text={w.t('tasks.none.text')} />
  const anew = () => {
    setMore([])
    setNext(undefined)
    setChosen(new Set())
    first.retry()
    recorded()
  }
  const load = () =>
    run(async () => {
      const page = await tasks.list({ ...narrowed, after: on ?? undefined })
      setMore((before) => [...before, ...page.tasks])
      setNamed((before) => ({ ...before, ...page.names }))
      setNext(page.next)
    })
  return (
    <section className="card sentences" aria-label={w.t('tasks.title')}>
      <header>
        <p role="status" className="muted">
          {w.t('tasks.total', { n: w.n(first.data.total) })}
          {chosen.size > 0 && <> · {w.t('tasks.chosen', { n: w.n(chosen.size) })}</>}
        </p>
        {about.length > 0 && <NamesDoor names={names} />}
      </header>
      {assigning && chosen.size > 0 && (
        <Assign of={all.filter((t) => chosen.has(t.id))} done={anew} cancel={() => setChosen(new Set())} />
      )}
      <Lines
        of={all}
        rules={first.data.rules}
        names={names}
        called={{ ...named, ...first.data.names }}
        chosen={assigning ? chosen : null}
        choose={(id, on) =>
          setChosen((before) => {
            const now = new Set(before)
            if (on) now.add(id)
            else now.delete(id)
            return now
          })
        }
        recorded={anew}
        total={first.data.total}
        more={on ? load : null}
        busy={busy}
      />
      <Told error={error} />
    </section>
  )
}
