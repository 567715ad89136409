import type { ReactNode } from 'react'
import type { DefenceLine } from '../../api/gates'
import { Grid } from '../../forms/Grid'
import { useSpoken } from './words'

/** A day and the six before it. */
const WEEK_MS = 6 * 86_400_000

/** The first of the seven days that end with one. */
export const weekBefore = (day: string) => new Date(Date.parse(day) - WEEK_MS).toISOString().slice(0, 10)

/** The lines of defence, each with whom it has screened and found, and what the one before had missed. */
export function Funnel({ rows, heading }: { rows: DefenceLine[]; heading?: ReactNode }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('gt.tab.lines')}>
      {heading}
      <p className="muted">{w.t('line.text')}</p>
      <Grid
        label={w.t('gt.tab.lines')}
        rows={rows}
        keyOf={(one) => String(one.number)}
        columns={[
          { key: 'line', title: w.t('line.line'), head: true, cell: (one) => w.t(`line.${one.number as 1 | 2 | 3}`) },
          {
            key: 'screened',
            title: w.t('line.screened'),
            cell: (one) =>
              one.screened === null ? (
                <span className="null">{w.t('line.unknown')}</span>
              ) : (
                w.t('line.times', { n: w.n(one.screened) })
              ),
          },
          { key: 'found', title: w.t('line.found'), cell: (one) => w.t('line.people', { n: w.n(one.found) }) },
          {
            key: 'missed',
            title: w.t('line.missed'),
            cell: (one) => (one.missed === null ? '' : w.t('line.people', { n: w.n(one.missed) })),
          },
        ]}
      />
    </section>
  )
}
