import type { Station } from '../../api/isolation'
import { useNow } from '../../forms/now'
import { useSpoken } from './words'

/** What is amiss in a station: too many people, nobody went round in time; and of `logged` false, no log today. */
export function Alarms({ of, hours = 0, logged }: { of: Station; hours?: number; logged?: boolean }) {
  const w = useSpoken()
  const now = useNow()
  const { occupancy: its } = of
  const over = -its.free
  const since = now !== null && of.last_round ? now - Date.parse(of.last_round) : null
  const late = its.present > 0 && hours > 0 && (of.last_round === null || (since ?? 0) > hours * 3_600_000)
  const said = [
    its.alarm && w.t('st.over', { n: w.n(over) }),
    late && w.t('st.round.late'),
    of.unwatched > 0 && w.t('st.unwatched', { n: w.n(of.unwatched), h: w.n(hours) }),
  ].filter((one): one is string => Boolean(one))
  const open = !of.closed
  if (!open || (!said.length && logged !== false)) return <span className="muted">{w.t('st.calm')}</span>
  return (
    <span className="alarms">
      {said.map((one) => (
        <span key={one} className="tag fails">
          {one}
        </span>
      ))}
      {logged === false && <span className="tag warns">{w.t('st.log.none')}</span>}
    </span>
  )
}
