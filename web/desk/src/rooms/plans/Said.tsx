import type { Activated } from '../../api/plans'
import { pathOf } from '../../route'
import { titled } from './titled'
import { useSpoken } from './words'

/** What an activation came to: how many tasks, and whose nobody has. */
export function Said({ of, link }: { of: Activated; link?: boolean }) {
  const w = useSpoken()
  const values = { level: w.t(`level.${of.level}`), n: w.n(of.tasks) }
  const words = of.new ? w.t('card.activated', values) : w.t('card.again', values)
  return (
    <p>
      {link ? <a href={pathOf({ room: 'plan', id: of.plan })}>{words}</a> : words}
      {of.unassigned.length > 0 && (
        <span className="muted block small">
          {w.t('card.unassigned', { units: of.unassigned.map((one) => w.name(titled(one))).join(w.t('list.comma')) })}
        </span>
      )}
    </p>
  )
}
