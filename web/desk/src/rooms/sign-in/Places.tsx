import { Button } from 'antd'
import { auth } from '../../api/auth'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** Where I am signed in, and the way out of all but this. */
export function Places() {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const found = useResource('places', auth.places, 'keep')
  const all = found.data ?? []
  const leave = () =>
    run(async () => {
      await auth.leaveOthers()
      found.retry()
    })
  return (
    <section>
      <h3>{w.t('places.title')}</h3>
      <ul className="keys">
        {all.map((one) => (
          <li key={`${one.began_at}.${one.seen_at}`}>
            <span>
              {w.t('places.since', { from: w.stamp(one.began_at) })}{' '}
              <small className="muted">{w.t('places.seen', { at: w.stamp(one.seen_at) })}</small>
            </span>
            {one.this && <span className="tag">{w.t('places.this')}</span>}
          </li>
        ))}
      </ul>
      <Told error={error ?? found.error} />
      {all.length > 1 && (
        <Button onClick={leave} loading={busy}>
          {w.t('places.leave')}
        </Button>
      )}
    </section>
  )
}
