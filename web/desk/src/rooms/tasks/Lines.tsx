import { Button, Checkbox, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { isolation } from '../../api/isolation'
import { newId } from '../../api/people'
import { type Attempt, type Task, type Tasks, tasks } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { usePlaces } from '../isolation/Board'
import { Called, type Names } from '../isolation/names'
import { About } from './About'
import { Check } from './Check'
import { usePlanItems } from './Items'
import { useReported } from './Reported'
import { useSpoken } from './words'

interface Props {
  of: Task[]
  rules: Tasks['rules']
  names: Names
  /** What those are called who have the tasks, by the code of their account. */
  called?: Tasks['names']
  /** The chosen tasks, where tasks may be chosen. */
  chosen: ReadonlySet<string> | null
  choose: (id: string, on: boolean) => void
  recorded: () => void
  total: number
  more: (() => void) | null
  busy: boolean
  /** What stands below a task's title. */
  alike?: (task: Task) => ReactNode
}

export function Lines({ of, rules, names, chosen, choose, recorded, alike, called, ...length }: Props) {
  const w = useSpoken()
  const place = usePlaces(of.map((t) => ({ station: t.rule.startsWith('station.') ? t.of : null })))
  const item = usePlanItems(of)
  const reported = useReported(of)
  const title = (t: Task) => (rules[t.rule] ? w.name(rules[t.rule] as Tasks['rules'][string]) : t.rule)
  const choice = {
    key: 'chosen',
    title: '',
    cell: (t: Task) => (
      <Checkbox
        checked={chosen?.has(t.id)}
        onChange={(e) => choose(t.id, e.target.checked)}
        aria-label={`${w.t('tasks.choose')}: ${title(t)}`}
      />
    ),
  }
  return (
    <LongGrid
      label={w.t('tasks.title')}
      rows={of}
      keyOf={(t) => t.id}
      onward
      {...length}
      columns={[
        ...(chosen ? [choice] : []),
        {
          key: 'what',
          title: w.t('tasks.col.what'),
          head: true,
          cell: (t) => (
            <>
              {title(t)}
              {t.slot && <span className="muted"> {slotOf(t.slot, w)}</span>}
              {rules[t.rule]?.say && (
                <details>
                  <summary className="muted">{w.t('tasks.say')}</summary>
                  <p className="lines">{w.name(rules[t.rule]?.say as { zh: string; en: string })}</p>
                </details>
              )}
              {alike?.(t)}
            </>
          ),
        },
        {
          key: 'whose',
          title: w.t('tasks.col.whose'),
          cell: (t) => (
            <>
              <About task={t} place={place} item={item} />
              {reported(t) && <span className="block">{reported(t)}</span>}
              {t.person && <Called names={names} person={t.person} />}
              <span className="muted block">
                <AreaName code={t.area} />
              </span>
            </>
          ),
        },
        { key: 'due', title: w.t('tasks.col.due'), cell: (t) => w.stamp(t.due) },
        { key: 'state', title: w.t('tasks.col.state'), cell: (t) => <State task={t} /> },
        {
          key: 'who',
          title: w.t('tasks.col.who'),
          cell: (t) => called?.[t.assignee] || t.assignee || <span className="null">{w.t('tasks.nobody')}</span>,
        },
        {
          key: 'act',
          title: w.t('tasks.col.act'),
          cell: (t) => <Acts task={t} byHand={Boolean(rules[t.rule]?.by_hand)} recorded={recorded} />,
        },
      ]}
    />
  )
}

/** The day of a slot and its half; a slot that is no day is of no use to a reader. */
function slotOf(slot: string, w: ReturnType<typeof useSpoken>): string {
  const [, day, half] = /^(\d{4}-\d\d-\d\d)(?:\.(am|pm|day))?$/.exec(slot) ?? []
  return day ? [w.day(day), half && w.t(`half.${half as 'am'}`)].filter(Boolean).join(' ') : ''
}

function State({ task }: { task: Task }) {
  const w = useSpoken()
  const { session } = useSession()
  const late = task.state === 'late' || task.state === 'missed'
  const ms = Date.parse(session?.server_time ?? '') - Date.parse(task.due)
  return (
    <>
      <span className={`tag ${late ? 'fails' : task.state === 'done' ? 'active' : ''}`}>
        {w.t(`tasks.${task.state}`)}
      </span>
      {late && ms > 0 && <span className="block small whole">{w.t('tasks.late_by', { time: span(ms, w) })}</span>}
      {task.climbed_to && (
        <span className="block small whole">{w.t('tasks.climbed', { to: w.t(`where.${task.climbed_to}`) })}</span>
      )}
      {task.outcome && task.attempts > 0 && (
        <span className="block small">
          {w.t('tasks.tried', { n: w.n(task.attempts), outcome: w.t(`outcome.${task.outcome}`) })}
        </span>
      )}
    </>
  )
}

function span(ms: number, w: ReturnType<typeof useSpoken>): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return w.t('minutes', { n: w.n(minutes) })
  if (minutes < 48 * 60) return w.t('hours', { n: w.n(Math.floor(minutes / 60)) })
  return w.t('days', { n: w.n(Math.floor(minutes / 1440)) })
}

const OUTCOMES: Attempt[] = ['seen_well', 'seen_unwell', 'not_found', 'refused', 'not_attempted']

/** What closes a task about an order, whoever may not open its card. */
const ORDERED: Record<string, 'received' | 'executed'> = {
  'isolation.receive': 'received',
  'isolation.execute': 'executed',
}

function Acts({ task, byHand, recorded }: { task: Task; byHand: boolean; recorded: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [telling, setTelling] = useState(false)
  const [fact, setFact] = useState(newId)
  const ordered = ORDERED[task.rule]
  const checked = task.rule === 'contact.check' && may('contacts.check')
  if (!may('tasks.attempt') || task.state === 'done' || task.state === 'done_late') return null
  const then = (act: Promise<unknown>) => run(() => act.then(recorded))
  return (
    <div className="row-acts">
      {!task.acknowledged_at && !telling && (
        <Button size="small" loading={busy} onClick={() => then(tasks.acknowledge(task))}>
          {w.t('tasks.take')}
        </Button>
      )}
      {ordered && may('isolation.execute') && !telling && (
        <Button
          size="small"
          loading={busy}
          onClick={() => then(isolation.act(task.of, ordered, { fact }).then(() => setFact(newId())))}
        >
          {w.t(`tasks.${ordered}`)}
        </Button>
      )}
      {byHand && !telling && (
        <Button size="small" loading={busy} onClick={() => then(tasks.done(task))}>
          {w.t('tasks.close')}
        </Button>
      )}
      {telling && checked ? (
        <Check task={task} done={recorded} close={() => setTelling(false)} />
      ) : telling ? (
        <>
          <Select
            size="small"
            autoFocus
            defaultOpen
            aria-label={w.t('tasks.attempt')}
            popupMatchSelectWidth={false}
            onChange={(outcome: Attempt) => then(tasks.attempt(task, outcome))}
            options={OUTCOMES.map((value) => ({ value, label: w.t(`outcome.${value}`) }))}
          />
          <Button size="small" type="text" onClick={() => setTelling(false)}>
            {w.t('tasks.cancel')}
          </Button>
        </>
      ) : (
        <Button size="small" onClick={() => setTelling(true)}>
          {w.t(checked ? 'check.record' : 'tasks.attempt')}
        </Button>
      )}
      <Told error={error} />
    </div>
  )
}
