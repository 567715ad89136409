import { Button } from 'antd'
import type { RuleCounts, SignalCounts, Standing } from '../../api/warning'
import { Grid } from '../../forms/Grid'
import { lasting, useSpoken } from './words'

interface Props {
  of: SignalCounts
  chosen: string | null
  choose: (rule: string | null) => void
}

/** How many signals each rule raised, what became of them, and how long a review takes. */
export function Counts({ of, chosen, choose }: Props) {
  const w = useSpoken()
  const named = new Map(of.statuses.map((one) => [one.code, w.name(one)]))
  const count = (key: Standing) => ({
    key,
    title: named.get(key) ?? key,
    cell: (one: RuleCounts) => w.n(one[key]),
  })
  const raised = (one: RuleCounts) => one.open + one.watched + one.confirmed + one.dismissed > 0
  const rows = of.rules.filter(raised)
  const silent = of.rules.filter((one) => !raised(one))
  return (
    <section className="card" aria-labelledby="signal-counts">
      <h2 id="signal-counts">{w.t('wa.counts')}</h2>
      {rows.length > 0 && (
        <Grid
          label={w.t('wa.counts')}
          rows={rows}
          keyOf={(one) => `${one.rule}|${one.version}`}
          columns={[
            {
              key: 'rule',
              title: w.t('wa.col.rule'),
              head: true,
              cell: (one) => (
                <Button
                  type="link"
                  size="small"
                  aria-pressed={chosen === one.rule}
                  onClick={() => choose(chosen === one.rule ? null : one.rule)}
                >
                  {w.name(one)}
                </Button>
              ),
            },
            count('open'),
            count('watched'),
            count('confirmed'),
            count('dismissed'),
            { key: 'folded', title: w.t('wa.col.folded'), cell: (one) => w.n(one.folded) },
            {
              key: 'median',
              title: w.t('wa.col.median'),
              cell: (one) => (one.median_seconds === null ? '—' : lasting(one.median_seconds, w)),
            },
          ]}
        />
      )}
      {silent.length > 0 && (
        <p className="muted small">{w.t('wa.counts.none', { rules: silent.map(w.name).join(w.t('list.comma')) })}</p>
      )}
    </section>
  )
}
