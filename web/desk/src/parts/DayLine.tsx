import { useToday } from '../api/home'
import { useWords } from '../i18n'
import { NextCut } from './NextCut'

/** The day in a line, for those whose first screen is the situation: what comes next, what waits, what is missing. */
export function DayLine() {
  const w = useWords()
  const { data } = useToday()
  if (!data) return null
  const { late = 0, missed = 0, open = 0 } = data.standing ?? {}
  const overdue = data.moments.filter((one) => one.stands === 'late').length
  return (
    <p className="day-line">
      <NextCut of={data} />
      {data.standing && <a href="#tasks">{w.t('day.counts', { late: w.n(late + missed), open: w.n(open) })}</a>}
      <a href="#today" className={overdue ? 'late' : undefined}>
        {overdue ? w.t('day.overdue', { n: w.n(overdue) }) : w.t('menu.today')}
      </a>
    </p>
  )
}
