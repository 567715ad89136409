import type { Score } from '../../api/warning'
import { Grid } from '../../forms/Grid'
import { oneDigit } from './readings'
import { useSpoken } from './words'

/** How forecasts of the past did, beside doing nothing clever. */
export function Past({ of, read }: { of: Score | null; read: string | null }) {
  const w = useSpoken()
  const rows = of ? [{ zh: '', en: '', wis: of.wis }, ...of.baselines] : []
  return (
    <>
      <h3>{w.t('fc.score')}</h3>
      <p>{read}</p>
      {of && <p className="muted small">{w.name(of.note)}</p>}
      {of && of.origins > 0 && (
        <Grid
          label={w.t('fc.score')}
          rows={rows}
          keyOf={(one) => one.en}
          columns={[
            {
              key: 'method',
              title: w.t('fc.score.method'),
              head: true,
              cell: (one) => w.name(one) || w.t('fc.score.ours'),
            },
            { key: 'wis', title: w.t('fc.score.wis'), cell: (one) => w.n(oneDigit(one.wis)) },
          ]}
        />
      )}
    </>
  )
}
