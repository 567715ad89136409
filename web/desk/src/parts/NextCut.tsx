import type { Home } from '../api/home'
import { useWords, type Words } from '../i18n'
import { clock } from '../moments'

/** What the day comes to next, and how soon. */
export function NextCut({ of }: { of: Home }) {
  const w = useWords()
  if (!of.next) return <span className="muted">{w.t('day.no_next')}</span>
  return (
    <>
      <span className="muted">{w.t('day.next')}</span>
      <a href={`#${of.next.room}`}>
        <time dateTime={of.next.at}>{clock(of.next.at)}</time> {w.name(of.next)}
      </a>
      <span className="muted">{w.t('day.in', { time: span(of.now, of.next.at, w) })}</span>
    </>
  )
}

function span(from: string, to: string, w: Words): string {
  const minutes = Math.max(0, Math.ceil((Date.parse(to) - Date.parse(from)) / 60_000))
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  if (!h) return w.t('day.minutes', { m: w.n(m) })
  return m ? w.t('day.hours', { h: w.n(h), m: w.n(m) }) : w.t('day.whole_hours', { h: w.n(h) })
}
