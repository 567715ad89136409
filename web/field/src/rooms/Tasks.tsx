import { useState } from 'react'
import { useField } from '../field'
import { useWords } from '../i18n'
import type { Bundle, Task } from '../store/bundle'
import type { Fact } from '../store/facts'
import { choices } from '../store/form'
import { Full } from '../store/full'
import {
  about,
  ATTEMPTED,
  type Attempt,
  ATTEMPTS,
  DISPOSED,
  DISPOSITIONS,
  type Disposition,
  recorded,
  saveDisposal,
  saveTask,
} from '../store/task'
import { FormVersion } from './FormVersion'
import { Choice, Wrong } from './parts'
import { useFacts } from './useFacts'

/** What can be said where nobody is to be met: at a post, of a notice. */
const OF_NOBODY: readonly Attempt[] = ['not_attempted']
const OVER: readonly string[] = ['done', 'done_late']

/** What one has to do, in the order in which it falls due; what came of it is recorded without a network. */
export default function Tasks() {
  const w = useWords()
  const { bundle } = useField()
  const facts = useFacts()
  const tasks = [...(bundle?.tasks ?? [])].sort((a, b) => a.due.localeCompare(b.due))
  // What is recorded here stays where it was tapped until the next list comes.
  const open = tasks.filter((task) => !OVER.includes(task.state))
  const over = tasks.filter((task) => OVER.includes(task.state))
  return (
    <main className="tasks">
      <h1 className="unseen">{w.t('tab.tasks')}</h1>
      <FormVersion of={ATTEMPTED} />
      {!tasks.length && <p className="empty">{w.t('task.none')}</p>}
      {bundle && (
        <>
          <Cards bundle={bundle} tasks={open} facts={facts} />
          {over.length > 0 && (
            <details className="more-of">
              <summary>{w.t('task.over', { n: over.length })}</summary>
              <Cards bundle={bundle} tasks={over} facts={facts} />
            </details>
          )}
        </>
      )}
    </main>
  )
}

function Cards({ bundle, tasks, facts }: { bundle: Bundle; tasks: Task[]; facts: Fact[] }) {
  return (
    <ul className="cards">
      {tasks.map((task) => (
        <li key={task.id}>
          <Card bundle={bundle} task={task} said={recorded(task, facts)} />
        </li>
      ))}
    </ul>
  )
}

interface CardProps {
  bundle: Bundle
  task: Task
  said: string | null
}

function Card({ bundle, task, said }: CardProps) {
  const w = useWords()
  const { phone, refresh } = useField()
  const [wrong, setWrong] = useState<string | null>(null)
  const rule = bundle.rules[task.rule]
  const { of, label } = about(bundle, task)
  const title = rule ? w.name(rule) : task.rule
  const act = async (save: () => Promise<void>) => {
    try {
      await save()
      setWrong(null)
      await refresh()
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  const over = Boolean(said) || OVER.includes(task.state)
  const disposed = task.rule === 'screening.dispose' && of !== null && task.person !== null
  return (
    <article className={over ? 'over' : undefined}>
      <h2>{title}</h2>
      {label && <p>{label}</p>}
      {rule?.say && <blockquote>{w.name(rule.say)}</blockquote>}
      <p className={task.state === 'late' ? 'late' : 'muted'}>
        {w.t(task.state === 'late' ? 'task.late' : 'task.due', { time: w.time(Date.parse(task.due)) })}
      </p>
      {over ? (
        <p role="status">{w.t('task.said', { said: w.t(`task.${(said ?? 'done') as 'done'}`) })}</p>
      ) : disposed ? (
        <Choice
          legend={w.t('visit.disposition')}
          options={choices(bundle.forms[DISPOSED.kind], DISPOSITIONS, 'disposition').map((value) => ({
            value,
            label: w.t(`disposition.${value}`),
          }))}
          value={null}
          onChange={(what: Disposition) => act(() => saveDisposal(phone, of, task.person as string, what))}
        />
      ) : (
        <div className="acts">
          {task.rule === 'screening.round' && <a href="#/">{w.t('task.open')}</a>}
          {of && <a href={`#/visit/${of.id}`}>{w.t('task.open')}</a>}
          {rule?.by_hand && (
            <button type="button" className="main" onClick={() => act(() => saveTask(phone, task, 'done', title))}>
              {w.t('task.done')}
            </button>
          )}
          {choices<Attempt>(bundle.forms[ATTEMPTED.kind], of || task.person ? ATTEMPTS : OF_NOBODY, 'outcome').map(
            (one) => (
              <button key={one} type="button" onClick={() => act(() => saveTask(phone, task, one, title))}>
                {w.t(`task.${one}`)}
              </button>
            ),
          )}
        </div>
      )}
      <Wrong text={wrong} />
    </article>
  )
}
