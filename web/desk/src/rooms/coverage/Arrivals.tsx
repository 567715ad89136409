import { useResource } from '../../api/resource'
import { type Arrived, screening } from '../../api/screening'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure } from '../../parts/States'
import { useSpoken } from './words'

/** Those who are on a manifest against those whom the households' records have, and how soon they were seen. */
export function Arrivals({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`arrived|${area}`, (signal) => screening.arrived(area, signal), 'keep', [
    'screening',
    'checkpoints',
  ])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return null
  const one = found.data
  const shown: [string, string][] = [
    [w.t('arr.matched'), w.n(one.matched)],
    [w.t('arr.manifest'), w.n(one.manifest_only)],
    [w.t('arr.community'), w.n(one.community_only)],
    [w.t('arr.union'), w.n(one.union)],
    [w.t('arr.within'), `${w.n(one.within_hours)} / ${w.n(one.matched + one.manifest_only)}`],
    [w.t('arr.median'), hours(one.median_hours, w)],
  ]
  return (
    <section className="card" aria-labelledby="arrived-title">
      <header>
        <h2 id="arrived-title">{w.t('arr.title')}</h2>
        <span className="muted">{w.t('arr.text')}</span>
      </header>
      <dl className="figures-row">
        {shown.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <b>{value}</b>
            </dd>
          </div>
        ))}
      </dl>
      {one.communities.length > 0 && <Communities rows={one.communities} />}
      {one.missed.length > 0 && <Missed rows={one.missed} />}
      {one.waited.length > 0 && <Waited rows={one.waited} />}
    </section>
  )
}

function Communities({ rows }: { rows: Arrived['communities'] }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('arr.communities')}
      rows={rows}
      keyOf={(row) => row.area}
      columns={[
        {
          key: 'area',
          title: w.t('arr.place'),
          head: true,
          cell: (row) => (
            <a href={`#coverage?show=daily&area=${row.area}`}>
              <AreaName code={row.area} />
            </a>
          ),
        },
        { key: 'listed', title: w.t('arr.listed'), cell: (row) => w.n(row.listed), className: 'number' },
        { key: 'within', title: w.t('arr.within'), cell: (row) => w.n(row.within_hours), className: 'number' },
        {
          key: 'late',
          title: w.t('arr.late'),
          cell: (row) => w.n(row.screened - row.within_hours),
          className: 'number',
        },
        { key: 'never', title: w.t('arr.never'), cell: (row) => w.n(row.listed - row.screened), className: 'number' },
        { key: 'median', title: w.t('arr.median'), cell: (row) => hours(row.median_hours, w), className: 'number' },
      ]}
    />
  )
}

/** Who is on a manifest and was met at no door: each is to be found. */
function Missed({ rows }: { rows: Arrived['missed'] }) {
  const w = useSpoken()
  const title = w.t('arr.missed', { n: w.n(rows.length) })
  return (
    <details>
      <summary>{title}</summary>
      <p className="muted">{w.t('arr.missed.text')}</p>
      <Grid
        label={title}
        rows={rows}
        keyOf={(row) => row.arrival}
        columns={[
          {
            key: 'who',
            title: w.t('arr.who'),
            head: true,
            cell: (row) => <a href={`#people/${row.person}`}>{row.person.slice(-6)}</a>,
          },
          { key: 'area', title: w.t('arr.place'), cell: (row) => <AreaName code={row.area} /> },
          { key: 'arrived', title: w.t('arr.arrived'), cell: (row) => w.stamp(row.arrived) },
        ]}
      />
    </details>
  )
}

/** Who was let wait, the drill-down of those not seen in time. */
function Waited({ rows }: { rows: Arrived['waited'] }) {
  const w = useSpoken()
  return (
    <details>
      <summary>{w.t('arr.waited', { n: w.n(rows.length) })}</summary>
      <Grid
        label={w.t('arr.waited', { n: w.n(rows.length) })}
        rows={rows}
        keyOf={(row) => row.arrival}
        columns={[
          {
            key: 'who',
            title: w.t('arr.who'),
            head: true,
            cell: (row) => <a href={`#people/${row.person}`}>{row.person.slice(-6)}</a>,
          },
          { key: 'area', title: w.t('arr.place'), cell: (row) => <AreaName code={row.area} /> },
          { key: 'arrived', title: w.t('arr.arrived'), cell: (row) => w.stamp(row.arrived) },
          {
            key: 'seen',
            title: w.t('arr.seen'),
            cell: (row) => (row.screened_at ? w.stamp(row.screened_at) : w.t('arr.not_yet')),
          },
        ]}
      />
    </details>
  )
}

function hours(told: number | null, w: ReturnType<typeof useSpoken>): string {
  return told === null ? w.t('cov.null') : w.n(Math.round(told * 10) / 10)
}
