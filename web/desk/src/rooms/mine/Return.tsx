import { arrivals } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { useSpoken } from './words'

/** How far one's own request to be brought home is; nothing where there is none. */
export function Return() {
  const w = useSpoken()
  const calls = useResource('own-calls', (signal) => arrivals.calls({}, signal))
  const seats = useResource('own-seat', (signal) => arrivals.stranded({}, signal))
  const asked = calls.data?.calls ?? []
  const own = seats.data?.stranded ?? []
  if (!asked.length && !own.length) return null
  return (
    <section className="card" aria-labelledby="mine-return">
      <header>
        <h2 id="mine-return">{w.t('mine.return')}</h2>
      </header>
      <ul className="entries">
        {asked.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{w.t(`mine.call.${one.state}`)}</strong> {one.place}
            </p>
            <p className="muted small">{w.t('mine.call.at', { at: w.stamp(one.asked_at), n: w.n(one.family) })}</p>
          </li>
        ))}
        {own.map((one) => (
          <li key={one.person}>
            <p>
              <strong>{w.t(`mine.seat.${one.seat}`)}</strong> {one.place}
            </p>
            <p className="muted small">{w.stamp(one.registered_at)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
