import type { Estimates } from '../../api/warning'
import { Grid } from '../../forms/Grid'
import { oneDigit, reading } from './readings'
import { useSpoken } from './words'

const MOST = 30

/** The days on which a detector gave alarm, newest first. */
export function Alarms({ of }: { of: Estimates }) {
  const w = useSpoken()
  const rows = [...of.alarms].sort((a, b) => b.day.localeCompare(a.day)).slice(0, MOST)
  return (
    <section className="card" aria-labelledby="alarms">
      <h2 id="alarms">{w.t('al.title')}</h2>
      <p className="reading-line">{reading(of, 'alarms', w)}</p>
      {rows.length > 0 && (
        <Grid
          label={w.t('al.title')}
          rows={rows}
          keyOf={(one) => `${one.day}|${one.detector}`}
          columns={[
            { key: 'day', title: w.t('al.day'), head: true, cell: (one) => w.day(one.day) },
            { key: 'detector', title: w.t('al.detector'), cell: (one) => w.name(one) },
            { key: 'seen', title: w.t('al.seen'), cell: (one) => w.n(one.observed) },
            {
              key: 'expected',
              title: w.t('al.expected'),
              cell: (one) => (one.expected === null ? '—' : w.n(oneDigit(one.expected))),
            },
            {
              key: 'upper',
              title: w.t('al.upper'),
              cell: (one) => (one.upper === null ? '—' : w.n(oneDigit(one.upper))),
            },
          ]}
        />
      )}
    </section>
  )
}
