import { Button } from 'antd'
import type { Term, Terms, Today } from '../../api/whatif'
import { Grid } from '../../forms/Grid'
import { firstValue, unitOf } from './draft'
import { Num } from './Num'
import { Source } from './Source'
import { useSpoken } from './words'

interface Props {
  of: Record<string, number | null>
  terms: Terms
  today: Today
  change: (code: string, to: number | null) => void
}

type Basis = 'own' | 'published' | 'chosen'

function basisOf(term: Term, value: number | null, today: Today): Basis {
  if (today.own[term.code]?.value === value) return 'own'
  return term.published?.value === value ? 'published' : 'chosen'
}

/** Every figure that is taken as given, with where it is from; each can be changed and put back. */
export function Assumptions({ of, terms, today, change }: Props) {
  const w = useSpoken()
  const counts = { own: 0, published: 0, chosen: 0 }
  for (const one of terms.assumptions) counts[basisOf(one, of[one.code] ?? null, today)] += 1
  return (
    <details className="card assumptions">
      <summary>
        <h2>{w.t('as.title')}</h2>{' '}
        <span className="muted">
          {w.t('as.summary', {
            n: w.n(terms.assumptions.length),
            own: w.n(counts.own),
            published: w.n(counts.published),
            chosen: w.n(counts.chosen),
          })}
        </span>
      </summary>
      <Grid
        label={w.t('as.title')}
        rows={terms.assumptions}
        keyOf={(one) => one.code}
        columns={[
          { key: 'name', title: w.t('as.name'), head: true, cell: (one) => w.name(one) },
          {
            key: 'value',
            title: w.t('as.value'),
            cell: (one) => (
              <Num
                label={w.name(one)}
                bare
                value={of[one.code] ?? null}
                onChange={(to) => change(one.code, to)}
                least={one.least}
                most={one.most}
                share={one.unit === 'share'}
                unit={unitOf(one.unit, of[one.code] ?? null, w)}
                needed
              />
            ),
          },
          {
            key: 'source',
            title: w.t('as.source'),
            cell: (one) => (
              <Basis
                term={one}
                value={of[one.code] ?? null}
                today={today}
                back={() => change(one.code, firstValue(one, today))}
              />
            ),
          },
        ]}
      />
    </details>
  )
}

interface BasisProps {
  term: Term
  value: number | null
  today: Today
  back?: () => void
}

/** Where the figure that stands there is from; of one that was changed, what it was. */
export function Basis({ term, value, today, back }: BasisProps) {
  const w = useSpoken()
  const own = today.own[term.code]
  const basis = basisOf(term, value, today)
  if (basis === 'own' && own) return <Own code={term.code} n={own.n} edition={today.edition} />
  if (basis === 'published' && term.published) return <Source of={term.published} />
  const percent = (its: number) => (term.unit === 'share' ? w.percent(its, 3) : w.n(its))
  return (
    <span className="small">
      <b>{w.t('as.chosen')}</b>{' '}
      {own && <span className="muted">{w.t('as.was_own', { value: percent(own.value) })} </span>}
      {term.published && (
        <span className="muted">
          {w.t('as.was', {
            value: percent(term.published.value),
            source: (w.lang === 'zh' && term.published.source_zh) || term.published.source,
          })}{' '}
        </span>
      )}
      {back && (
        <Button size="small" onClick={back} aria-label={`${w.t('as.back')} ${w.name(term)}`}>
          {w.t('as.back')}
        </Button>
      )}
    </span>
  )
}

function Own({ code, n, edition }: { code: string; n: number; edition: string }) {
  const w = useSpoken()
  if (code === 'observe_days') return <span className="small">{w.t('as.own.edition', { edition })}</span>
  const key = code === 'imports_per_day' ? 'as.own.imports' : 'as.own'
  return <span className="small">{w.t(key, { n: w.n(n) })}</span>
}
