import type { ReactNode } from 'react'
import type { Summary, Tally } from '../../api/tasks'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useSpoken } from './words'

/** The day's tasks, counted. */
export function Sums({ of }: { of: Summary }) {
  const w = useSpoken()
  const whole = { key: '', title: w.t('tasks.sums.total'), tally: of.whole }
  const rules = Object.entries(of.by_rule).map(([key, tally]) => ({
    key,
    title: of.rules[key] ? w.name(of.rules[key]) : key,
    tally,
  }))
  const areas = Object.entries(of.by_area).map(([key, tally]) => ({ key, title: <AreaName code={key} />, tally }))
  const people = Object.entries(of.by_assignee).map(([key, tally]) => ({
    key,
    title: of.names[key] || key || w.t('tasks.nobody'),
    tally,
  }))
  return (
    <div className="sums sentences">
      <Table title={w.t('tasks.sums')} rows={[whole, ...rules]} />
      {areas.length > 1 && <Table title={w.t('tasks.sums.area')} rows={areas} />}
      {people.length > 0 && <Table title={w.t('tasks.sums.who')} rows={people} />}
    </div>
  )
}

function Table({ title, rows }: { title: string; rows: { key: string; title: ReactNode; tally: Tally }[] }) {
  const w = useSpoken()
  const share = (t: Tally) => (t.completeness === null ? w.t('tasks.sums.none') : w.percent(t.completeness, 0))
  return (
    <section className="card">
      <h2>{title}</h2>
      <Grid
        label={title}
        rows={rows}
        keyOf={(r) => r.key}
        columns={[
          { key: 'title', title: '', head: true, cell: (r) => r.title },
          { key: 'open', title: w.t('tasks.open'), cell: (r) => w.n(r.tally.states.open ?? 0), className: 'number' },
          {
            key: 'late',
            title: w.t('tasks.late'),
            cell: (r) => w.n((r.tally.states.late ?? 0) + (r.tally.states.missed ?? 0)),
            className: 'number',
          },
          {
            key: 'done',
            title: w.t('tasks.done'),
            cell: (r) => w.n(r.tally.states.done ?? 0),
            className: 'number',
          },
          {
            key: 'done_late',
            title: w.t('tasks.done_late'),
            cell: (r) => w.n(r.tally.states.done_late ?? 0),
            className: 'number',
          },
          { key: 'share', title: w.t('tasks.complete'), cell: (r) => share(r.tally), className: 'number' },
        ]}
      />
    </section>
  )
}
