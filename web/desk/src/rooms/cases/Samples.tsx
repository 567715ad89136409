import { useId } from 'react'
import type { CaseCard } from '../../api/cases'
import { Grid } from '../../forms/Grid'
import { shortStamp } from './cells'
import { useTerms } from './terms'
import { type Spoken, useSpoken } from './words'

type Result = CaseCard['results'][number]

/** Samples with what became of them; results without a sample stand behind. */
export function Samples({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { term } = useTerms()
  const id = useId()
  const loose = card.results.filter((r) => !card.samples.some((s) => s.results.some((own) => own.fact === r.fact)))
  const said = (results: Result[]) =>
    results.length ? (
      <ul>
        {results.map((r) => (
          <li key={r.fact}>{resultOf(r, term, w)}</li>
        ))}
      </ul>
    ) : (
      <span className="null">{w.t('samples.waiting')}</span>
    )
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('samples.title')}</h2>
      {!card.samples.length && !loose.length && <p className="muted">{w.t('samples.none')}</p>}
      {card.samples.length > 0 && (
        <Grid
          label={w.t('samples.title')}
          rows={card.samples}
          keyOf={(s) => s.id}
          columns={[
            { key: 'what', title: w.t('field.material'), head: true, cell: (s) => term('sample_material', s.material) },
            { key: 'at', title: w.t('samples.at'), cell: (s) => shortStamp(s.at, w) },
            { key: 'number', title: w.t('samples.number'), cell: (s) => s.number },
            { key: 'laboratory', title: w.t('field.laboratory'), cell: (s) => s.laboratory },
            {
              key: 'received',
              title: w.t('samples.received'),
              cell: (s) =>
                s.received && (
                  <>
                    {shortStamp(s.received, w)}{' '}
                    {s.fit === false && <span className="tag warns">{w.t('samples.unfit')}</span>}
                  </>
                ),
            },
            { key: 'results', title: w.t('samples.results'), className: 'roomy', cell: (s) => said(s.results) },
            {
              key: 'sequence',
              title: w.t('samples.sequence'),
              cell: (s) => s.accession && [s.archive, s.accession, s.lineage].filter(Boolean).join(' · '),
            },
          ]}
        />
      )}
      {loose.length > 0 && (
        <>
          <h3>{w.t('samples.loose')}</h3>
          {said(loose)}
        </>
      )}
    </section>
  )
}

function resultOf(r: Result, term: (group: string, code: string) => string, w: Spoken): string {
  const ct = r.ct === null ? '' : ` (Ct ${w.n(r.ct)})`
  return `${term('test', r.test)} ${term('test_result', r.result)}${ct} · ${shortStamp(r.at, w)}`
}
