import { Button } from 'antd'
import { useState } from 'react'
import { type Act, type Board, drill } from '../../api/drill'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Num } from '../whatif/Num'
import { useSpoken } from './words'

interface Props {
  of: Board
  set: (board: Board) => void
}

/** How far the drill is, and how its days pass. */
export function Course({ of, set }: Props) {
  const w = useSpoken()
  const ended = Date.parse(of.now) >= Date.parse(of.ends)
  return (
    <section className="card" aria-labelledby="drill-course">
      <header>
        <h2 id="drill-course">{w.t('drill.course')}</h2>
        <p>
          <b>{w.t('drill.day', { day: w.n(of.day), days: w.n(of.days) })}</b>{' '}
          <span className="tag">{w.t(`drill.state.${of.state}`)}</span>
        </p>
      </header>
      <dl className="figures-row">
        <div>
          <dt>{w.t('drill.now')}</dt>
          <dd>{w.stamp(of.now)}</dd>
        </div>
        <div>
          <dt>{w.t('drill.reached')}</dt>
          <dd>{of.reached ? w.stamp(of.reached) : w.t('drill.reached.none')}</dd>
        </div>
        <div>
          <dt>{w.t('drill.facts')}</dt>
          <dd>{w.t('drill.facts.of', { n: w.n(of.facts), made: w.n(of.made) })}</dd>
        </div>
      </dl>
      {of.state === 'over' && <p className="muted small">{w.t('drill.still')}</p>}
      {of.state !== 'over' && ended && <p role="status">{w.t('drill.ending')}</p>}
      {of.state !== 'over' && !ended && of.day_minutes !== null && <Clock of={of} set={set} minutes={of.day_minutes} />}
    </section>
  )
}

function Clock({ of, set, minutes }: Props & { minutes: number }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [typed, setTyped] = useState<number | null>(minutes)
  const act = (what: Act, day_minutes: number | null = null) => run(() => drill.clock(what, day_minutes).then(set))
  const stands = of.state === 'paused'
  return (
    <>
      <div className="drill-acts">
        <Button type={stands ? 'primary' : 'default'} disabled={busy} onClick={() => act(stands ? 'go' : 'pause')}>
          {w.t(stands ? 'drill.go' : 'drill.pause')}
        </Button>
        <Button disabled={busy} onClick={() => act('next_day')}>
          {w.t('drill.next')}
        </Button>
        <Num label={w.t('drill.minutes')} value={typed} onChange={setTyped} least={0.01} most={1440} needed />
        <Button
          disabled={busy || typed === null || typed === minutes}
          onClick={() => act(stands ? 'pause' : 'go', typed)}
        >
          {w.t('drill.minutes.set')}
        </Button>
      </div>
      <p className="muted small">{w.t('drill.next.text')}</p>
      <Told error={error} />
    </>
  )
}
