import type { Order } from '../../api/isolation'
import { useSpoken } from './words'

type Spoken = ReturnType<typeof useSpoken>

/** A span of time in the unit that tells most. */
export function span(ms: number, w: Spoken): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return w.t('iso.minutes', { n: w.n(minutes) })
  if (minutes < 48 * 60) return w.t('iso.hours', { n: w.n(Math.floor(minutes / 60)) })
  return w.t('iso.days', { n: w.n(Math.floor(minutes / 1440)) })
}

/** What is to be done next for an order, by when, and how late it is. */
export function Clock({ order, now }: { order: Order; now: number | null }) {
  const w = useSpoken()
  const step = order.next
  if (!step) return null
  const act = w.t(`iso.next.${step.act}` as 'iso.next.lift')
  const ms = now === null ? 0 : now - Date.parse(step.due)
  const at = w.stamp(step.due)
  if (ms <= 0) return <>{w.t('iso.by', { act, at })}</>
  return <span className="late">{w.t('iso.was', { act, at, time: span(ms, w) })}</span>
}

/** Until when an order holds, which day it is, and whether its end is over. */
export function Until({ order, now }: { order: Order; now: number | null }) {
  const w = useSpoken()
  const over = now === null ? 0 : now - Date.parse(order.end)
  const overdue = order.stage !== 'lifted' && over > 0
  return (
    <>
      {w.moment(order.end)}
      <span className={overdue ? 'late block small' : 'muted block small'}>
        {overdue
          ? w.t('iso.overdue', { time: span(over, w) })
          : order.day
            ? w.t('iso.day', { day: w.n(order.day), days: w.n(order.days) })
            : w.t('iso.before', { days: w.n(order.days) })}
      </span>
    </>
  )
}
