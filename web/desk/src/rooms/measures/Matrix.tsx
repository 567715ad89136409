import { command } from '../../api/command'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { titled } from '../plans/titled'
import { useSpoken } from './words'

/** Which unit carries out which measures in force; a unit to which no plan gives anything is flagged. */
export function Matrix({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(
    `matrix|${area}`,
    (signal) => Promise.all([command.matrix(area, signal), command.measures(area, signal)]),
    'keep',
    ['command'],
  )
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const [{ units }, { measures }] = found.data
  if (!units.length) return <Empty title={w.t('me.none.title')} text={w.t('me.none.text')} />
  const numbers = new Map(measures.map((one) => [one.id, one.number]))
  const without = units.filter((one) => !one.planned).length
  return (
    <section className="card" aria-label={w.t('me.tab.matrix')}>
      {without > 0 && <p className="late">{w.t('me.unplanned', { n: w.n(without) })}</p>}
      <Grid
        label={w.t('me.tab.matrix')}
        rows={units}
        keyOf={(one) => one.code}
        columns={[
          { key: 'unit', title: w.t('me.unit'), head: true, cell: (one) => w.name(titled(one)) },
          {
            key: 'plan',
            title: w.t('me.plan'),
            cell: (one) => (
              <span className={`tag ${one.planned ? 'active' : 'fails'}`}>
                {w.t(one.planned ? 'me.plan.has' : 'me.plan.none')}
              </span>
            ),
          },
          {
            key: 'measures',
            title: w.t('me.carries'),
            cell: (one) =>
              w.t('me.carries.n', {
                n: w.n(one.measures.length),
                which: one.measures.map((id) => w.n(numbers.get(id) ?? 0)).join(w.t('list.comma')),
              }),
          },
        ]}
      />
    </section>
  )
}
