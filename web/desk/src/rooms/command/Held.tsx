import type { Board } from '../../api/steering'
import { Grid } from '../../forms/Grid'
import { useSpoken } from './words'

/** In how many counties each strategy holds. */
export function Held({ of }: { of: NonNullable<Board['strategies']> }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="held-title">
      <h2 id="held-title">{w.t('co.strategies')}</h2>
      <Grid
        label={w.t('co.strategies')}
        rows={of}
        keyOf={(one) => one.strategy?.code ?? 'none'}
        columns={[
          {
            key: 'strategy',
            title: w.t('st.holds'),
            head: true,
            cell: (one) => (one.strategy ? w.name(one.strategy) : w.t('st.none')),
          },
          { key: 'counties', title: w.t('co.counties'), className: 'number', cell: (one) => w.n(one.counties) },
          { key: 'decided', title: w.t('co.decided'), className: 'number', cell: (one) => w.n(one.decided) },
        ]}
      />
    </section>
  )
}
