import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type Board, drill } from '../../api/drill'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Curve, Errors, Others, Registers, Tasks } from './Findings'
import { useSpoken } from './words'

interface Props {
  of: Board
  set: (board: Board) => void
}

/** The truth: sealed until the trainer opens it. */
export function Reviewing({ of, set }: Props) {
  const w = useSpoken()
  const opened = of.opened.length > 0
  const last = useResource(
    of.reviewed === null ? null : `review|${of.reviewed}|${of.opened.length}`,
    drill.review,
    'keep',
  )
  const [early, setEarly] = useState(false)
  const { busy, error, run } = useAct()
  const found = last.data
  const ended = of.state === 'over'
  const making = of.making && !of.making.failed ? of.making : null
  const stale = of.reviewed === null || of.facts > of.reviewed
  const open = () => run(async () => set(await drill.open(!ended)))
  return (
    <>
      <section className="card" aria-labelledby="drill-review">
        <header>
          <h2 id="drill-review">{w.t('drill.review')}</h2>
        </header>
        {!opened && <p>{w.t('drill.sealed')}</p>}
        {!opened && !ended && (
          <p>
            {w.t('drill.sealed.early')}{' '}
            <Checkbox checked={early} onChange={(e) => setEarly(e.target.checked)}>
              {w.t('drill.early')}
            </Checkbox>
          </p>
        )}
        <ul className="small">
          {of.opened.map((one) => (
            <li key={one.at}>
              {w.t(one.early ? 'drill.opened.early' : 'drill.opened', { at: w.stamp(one.at), day: w.n(one.day) })}
            </li>
          ))}
        </ul>
        {found && <p>{w.t('drill.as_of', { n: w.n(found.facts) })}</p>}
        {found && stale && <p className="muted small">{w.t('drill.again.text')}</p>}
        <div className="drill-acts">
          {!making && stale && (
            <Button type="primary" onClick={open} loading={busy} disabled={!opened && !ended && !early}>
              {w.t(opened ? 'drill.again' : 'drill.open')}
            </Button>
          )}
          {found && <Download name={of.name} />}
        </div>
        {making && <Making of={making} />}
        {of.making?.failed && <p role="alert">{w.t('drill.failed')}</p>}
        <Told error={error} />
        {last.error && !found && <Failure error={last.error} retry={last.retry} told />}
      </section>
      {last.loading && !found && <Loading />}
      {found && (
        <>
          <Curve of={found} board={of} />
          <Errors of={found} />
          <Tasks of={found} />
          <Others of={found} />
          <Registers of={found} />
        </>
      )}
    </>
  )
}

/** How far a review is that is being made. */
function Making({ of }: { of: NonNullable<Board['making']> }) {
  const w = useSpoken()
  const told = of.of === null ? w.t('drill.opening') : w.t('drill.comparing', { n: w.n(of.compared), of: w.n(of.of) })
  return (
    <p role="status" className="muted small">
      {told} <progress aria-label={told} value={of.of === null ? undefined : of.compared} max={of.of ?? undefined} />
    </p>
  )
}

function Download({ name }: { name: string }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const keep = () => run(async () => save(`${name}-review.csv`, await drill.differences()))
  return (
    <>
      <Button onClick={keep} loading={busy}>
        {w.t('drill.download')}
      </Button>
      <Told error={error} />
    </>
  )
}
