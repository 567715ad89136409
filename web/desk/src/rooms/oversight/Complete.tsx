import { oversight, type Unit } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** The register against another source, outcomes of the round, and how timely records come, by division, or by grid
 * where no divisions lie below. */
export function Complete({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`complete|${area}`, (signal) => oversight.completeness(area, signal), 'keep', ['screening'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { whole, parts, grids, day, round } = found.data
  if (round === null && !whole.registered)
    return <Empty title={w.t('ov.complete.none')} text={w.t('ov.complete.none.text')} />
  const share = (n: number, of: number | null) => (of ? w.percent(n / of) : '–')
  return (
    <section className="card" aria-labelledby="complete-title">
      <h2 id="complete-title">{w.t('ov.complete.title', { day: w.day(day) })}</h2>
      <Grid
        label={w.t('ov.tab.complete')}
        rows={[whole, ...(grids.length ? grids : parts)]}
        keyOf={(one) => `${one.area}-${one.grid}-${one === whole}`}
        columns={[
          { key: 'area', title: w.t('ov.part'), head: true, cell: (one: Unit) => one.grid || w.name(one) },
          { key: 'registered', title: w.t('ov.households'), cell: (one) => w.n(one.registered), className: 'number' },
          {
            key: 'reference',
            title: w.t('ov.reference'),
            cell: (one) => (one.reference === null ? '–' : w.n(one.reference)),
            className: 'number',
          },
          {
            key: 'share',
            title: w.t('ov.reference.share'),
            cell: (one) => share(one.registered, one.reference),
            className: 'number',
          },
          {
            key: 'decided',
            title: w.t('ov.decided'),
            cell: (one) => share(one.decided, one.registered),
            className: 'number',
          },
          {
            key: 'unproved',
            title: w.t('ov.unproved'),
            cell: (one) => share(one.unproved, one.visited),
            className: 'number',
          },
          { key: 'records', title: w.t('ov.records'), cell: (one) => w.n(one.records), className: 'number' },
          {
            key: 'ontime',
            title: w.t('ov.ontime'),
            cell: (one) => share(one.records - one.late, one.records),
            className: 'number',
          },
        ]}
      />
    </section>
  )
}
