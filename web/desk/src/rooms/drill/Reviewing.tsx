import { Button, Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { type Board, drill, type Review } from '../../api/drill'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Curve, Errors, Others, Registers } from './Findings'
import { useSpoken } from './words'

interface Props {
  of: Board
  again: () => void
}

/** The truth: sealed until the trainer opens it. */
export function Reviewing({ of, again }: Props) {
  const w = useSpoken()
  const opened = of.opened.length > 0
  const last = useResource(opened ? 'review' : null, drill.review)
  const [found, setFound] = useState<Review | null>(null)
  const [early, setEarly] = useState(false)
  const { busy, error, run } = useAct()
  useEffect(() => {
    if (last.data) setFound(last.data)
  }, [last.data])
  const ended = of.state === 'over'
  const open = () => run(() => drill.open(!ended).then(setFound).then(again))
  const stale = found !== null && of.facts > found.facts
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
        {stale && <p className="muted small">{w.t('drill.again.text')}</p>}
        <div className="drill-acts">
          {(!opened || stale) && (
            <Button type="primary" onClick={open} loading={busy} disabled={!opened && !ended && !early}>
              {w.t(opened ? 'drill.again' : 'drill.open')}
            </Button>
          )}
          {found && <Download name={of.name} />}
        </div>
        {busy && (
          <p role="status" className="muted small">
            {w.t('drill.opening')}
          </p>
        )}
        <Told error={error} />
        {last.error && !found && <Failure error={last.error} retry={last.retry} told />}
      </section>
      {last.loading && !found && <Loading />}
      {found && (
        <>
          <Curve of={found} board={of} />
          <Errors of={found} />
          <Others of={found} />
          <Registers of={found} />
        </>
      )}
    </>
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
