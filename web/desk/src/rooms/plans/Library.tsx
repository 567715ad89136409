import { type Plan, plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { titled } from './titled'
import { useSpoken } from './words'

/** The plans of an area and of what lies below it. */
export function Library({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`plans|${area}`, (signal) => plans.list(area, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const rows = found.data.plans
  if (!rows.length) return <Empty title={w.t('lib.none.title')} text={w.t('lib.none.text')} />
  return (
    <section className="card" aria-label={w.t('pl.tab.library')}>
      <p role="status" className="muted">
        {w.t('lib.n', { n: w.n(rows.length) })}
      </p>
      <Grid
        label={w.t('pl.tab.library')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'plan',
            title: w.t('lib.plan'),
            head: true,
            cell: (one) => (
              <>
                <a href={pathOf({ room: 'plan', id: one.id })}>{w.name(titled(one))}</a>
                <span className="muted block small">
                  {one.issuer} · {one.doc_no}
                </span>
              </>
            ),
          },
          { key: 'area', title: w.t('pl.area'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'edition', title: w.t('lib.edition'), cell: (one) => one.edition },
          { key: 'valid', title: w.t('lib.valid'), cell: (one) => `${w.day(one.first)} – ${w.day(one.last)}` },
          { key: 'items', title: w.t('lib.items'), cell: (one) => w.n(one.items), className: 'number' },
          { key: 'units', title: w.t('lib.units'), cell: (one) => w.n(one.units), className: 'number' },
          { key: 'state', title: w.t('lib.state'), cell: (one) => <State of={one} /> },
        ]}
      />
    </section>
  )
}

function State({ of }: { of: Plan }) {
  const w = useSpoken()
  return (
    <>
      <span className={of.current ? 'tag' : 'tag fails'}>{w.t(of.current ? 'lib.current' : 'lib.over')}</span>{' '}
      {of.activated && <span className="tag active">{w.t('lib.active')}</span>}
    </>
  )
}
