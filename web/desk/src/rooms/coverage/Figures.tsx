import type { Ledger } from '../../api/screening'
import type { Words } from '../../i18n'
import { useSpoken } from './words'

/** The numbers of a ledger, households first. Persons and person-times stand apart. */
export function Figures({ of }: { of: Ledger }) {
  const w = useSpoken()
  const shown: [string, string, string?][] = [
    [w.t('cov.covered'), share(of.covered, w), w.t('cov.done', { done: w.n(of.done), all: w.n(of.registered) })],
    ...(of.reference === null
      ? []
      : ([
          [
            w.t('cov.reference'),
            w.n(of.reference),
            of.reference ? `${w.t('ref.share')} ${share(of.registered / of.reference, w)}` : '',
          ],
        ] as [string, string, string][])),
    [w.t('cov.missing'), w.n(of.missing), `${w.t('cov.open')} ${w.n(of.open)}`],
    [w.t('cov.not_met'), w.n(of.not_met)],
    [w.t('cov.refused'), w.n(of.refused)],
    [w.t('cov.vacant'), w.n(of.vacant)],
    [w.t('cov.unseen'), w.n(of.unseen), `${w.t('cov.members')} ${w.n(of.due)}`],
    [w.t('cov.unwell'), of.unwell === null ? w.t('cov.null') : w.n(of.unwell)],
    [w.t('cov.times'), w.n(of.person_times.n), `${w.t('cov.visits')} ${w.n(of.visits)}`],
    [w.t('cov.bare'), w.n(of.without_evidence)],
    [w.t('cov.unassigned'), w.n(of.unassigned)],
  ]
  return (
    <dl className="card figures-row">
      {shown.map(([title, value, more]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            <b>{value}</b>
            {more && <span className="muted">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A share as a percentage that is never rounded up to all. */
export function share(of: number | null, w: Pick<Words, 'percent'> & { t: (key: 'cov.null') => string }): string {
  return of === null ? w.t('cov.null') : w.percent(of)
}
