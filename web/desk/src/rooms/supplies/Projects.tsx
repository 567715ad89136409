import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Project, production } from '../../api/production'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { ProjectNew } from './ProjectNew'
import { useProduction } from './production'
import { type Recorded, Undo } from './Undo'

const TAGS = { done: 'active', on_time: 'active', silent: '', late: 'fails' } as const

/** Emergency projects: how many parts have passed each stage, against the clock. */
export function Projects({ area }: { area: string }) {
  const w = useProduction()
  const { may } = useSession()
  const [last, setLast] = useState<Recorded | null>(null)
  const found = useResource(`projects|${area}`, (signal) => production.projects(area, signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const done = (recorded: Recorded | null) => {
    setLast(recorded)
    found.retry()
  }
  return (
    <>
      {!found.data.projects.length && <Empty title={w.t('pj.none.title')} text={w.t('pj.none.text')} />}
      <Undo last={last} takeBack={production.takeBack} done={() => done(null)} />
      {found.data.projects.map((one) => (
        <One key={one.id} of={one} done={done} />
      ))}
      {may('production.manage') && <ProjectNew area={area} done={done} />}
    </>
  )
}

function One({ of, done }: { of: Project; done: (recorded: Recorded) => void }) {
  const w = useProduction()
  const { may } = useSession()
  const acts = may('production.manage')
    ? [
        {
          key: 'act',
          title: '',
          cell: (step: Project['steps'][number]) => <Progress of={of} step={step} done={done} />,
        },
      ]
    : []
  return (
    <section className="card" aria-labelledby={`project-${of.id}`}>
      <h2 id={`project-${of.id}`}>
        {w.name(of)} <span className={`tag ${TAGS[of.standing]}`}>{w.t(`pj.${of.standing}`)}</span>
      </h2>
      <p role="status">
        {w.t('pj.left', { left: w.n(of.left), parts: w.n(of.parts), ideal: w.n(Math.round(of.ideal)) })}{' '}
        {of.hours_left > 0
          ? w.t('pj.hours', { hours: w.n(Math.round(of.hours_left * 10) / 10), due: w.stamp(of.due) })
          : w.t('pj.over', { due: w.stamp(of.due) })}{' '}
        {of.through && w.t(of.standing === 'done' ? 'pj.was' : 'pj.through', { at: w.stamp(of.through) })}
      </p>
      <Burn of={of} />
      <Grid
        label={w.name(of)}
        rows={of.steps}
        keyOf={(one) => one.code}
        columns={[
          { key: 'step', title: w.t('pj.step'), head: true, cell: (one) => w.name(one) },
          {
            key: 'done',
            title: w.t('pj.through_step'),
            cell: (one) => (
              <>
                <progress value={one.done} max={of.parts} aria-label={w.name(one)} />{' '}
                {w.t('pj.of', { done: w.n(one.done), parts: w.n(of.parts) })}
              </>
            ),
          },
          ...acts,
        ]}
      />
    </section>
  )
}

/** What is left of the last stage, beside an even pace; the sentence above says where it is now. */
function Burn({ of }: { of: Project }) {
  const w = useProduction()
  const [begins, due] = [Date.parse(of.begins), Date.parse(of.due)]
  const told = of.steps[of.steps.length - 1]?.told ?? []
  const x = (at: number) => 10 + 460 * Math.min(1, Math.max(0, (at - begins) / (due - begins)))
  const y = (left: number) => 10 + 100 * (1 - left / of.parts)
  const points = [[begins, of.parts] as const, ...told.map((one) => [Date.parse(one.at), of.parts - one.done] as const)]
  return (
    <figure>
      <svg viewBox="0 0 480 120" role="img" aria-label={w.t('pj.burn')} style={{ width: '100%', maxWidth: 640 }}>
        <line x1="10" y1="10" x2="470" y2="110" stroke="currentColor" strokeDasharray="4 4" opacity="0.6" />
        <polyline
          points={points.map(([at, left]) => `${x(at)},${y(left)}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
        />
      </svg>
      <figcaption className="muted small">{w.t('pj.burn')}</figcaption>
    </figure>
  )
}

interface ProgressProps {
  of: Project
  step: Project['steps'][number]
  done: (recorded: Recorded) => void
}

function Progress({ of, step, done }: ProgressProps) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [n, setN] = useState<number | null>(null)
  const say = (value: number) =>
    run(async () => {
      const fact = newId()
      await production.progress(of.id, { fact, step: step.code, done: value })
      setN(null)
      done({ id: of.id, fact })
    })
  return (
    <>
      <InputNumber
        size="small"
        min={0}
        max={of.parts}
        precision={0}
        value={n}
        onChange={setN}
        aria-label={w.t('pj.now', { step: w.name(step) })}
      />{' '}
      <Button size="small" disabled={n === null} loading={busy} onClick={() => n !== null && say(n)}>
        {w.t('pd.record')}
      </Button>
      <Told error={error} />
    </>
  )
}
