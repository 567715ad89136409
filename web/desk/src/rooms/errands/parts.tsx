import type { Errand, Terms } from '../../api/errands'
import { useSpoken } from './words'

interface Props {
  of: Errand
  terms: Terms | null
}

/** What kind of order it is, whether it comes first, and how it is to be left. */
export function What({ of, terms }: Props) {
  const w = useSpoken()
  const its = terms?.categories.find((one) => one.code === of.category)
  return (
    <>
      {its ? w.name(its) : of.category} {of.rank === 1 && <span className="tag fails">{w.t('er.first')}</span>}{' '}
      {of.tries > 0 && <span className="tag warns">{w.t('er.tries', { n: w.n(of.tries + 1) })}</span>}
      <span className="muted block small">
        {w.t(of.contactless ? 'er.door' : 'er.hand')}
        {of.by_worker && ` · ${w.t('er.worker')}`} · <span className="mono">{of.id.slice(-6)}</span>
      </span>
    </>
  )
}

const TAGS: Partial<Record<Errand['stage'], string>> = { placed: 'warns', confirmed: 'active', failed: 'fails' }

/** How far it is, who has it, and what contradicts it. */
export function Where({ of, terms }: Props) {
  const w = useSpoken()
  const at = of.closed ?? of.delivered ?? of.picked_up ?? of.accepted
  const reason = terms?.failures.find((one) => one.code === of.failed_for)
  const open = !['confirmed', 'cancelled', 'failed'].includes(of.stage)
  return (
    <>
      <span className={`tag ${TAGS[of.stage] ?? ''}`}>{w.t(`stage.${of.stage}`)}</span>
      {at && <span className="muted block small">{w.stamp(at)}</span>}
      {of.carrier && open && <span className="muted block small">{w.t('er.by', { who: of.carrier })}</span>}
      {reason && of.stage !== 'confirmed' && <span className="muted block small">{w.name(reason)}</span>}
      {of.faults.length > 0 && (
        <span className="late block small">
          {w.t('er.contradicts', { n: w.n(of.faults.length) })} {w.name(of.faults[0] as { zh: string; en: string })}
        </span>
      )}
    </>
  )
}
