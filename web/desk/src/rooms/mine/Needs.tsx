import { isolation, type Need, type Policy } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { useSpoken } from './words'

/** What one has asked the station for, and how far that is. Who is at home orders, and has none. */
export function Needs({ of }: { of: Need[] }) {
  const w = useSpoken()
  const policy = useResource('isolation-policy', isolation.policy)
  const rows = [...of].sort((a, b) => b.asked.localeCompare(a.asked))
  return (
    <section className="card" aria-labelledby="mine-needs">
      <header>
        <h2 id="mine-needs">{w.t('mine.needs')}</h2>
        <p className="muted">{w.t('mine.needs.text')}</p>
      </header>
      <ul className="entries">
        {rows.map((one) => (
          <Row key={one.id} of={one} policy={policy.data} />
        ))}
      </ul>
    </section>
  )
}

function Row({ of, policy }: { of: Need; policy: Policy | null }) {
  const w = useSpoken()
  const its = policy?.categories.find((one) => one.code === of.category)
  return (
    <li>
      <p>
        <strong>{its ? w.name(its) : of.category}</strong>{' '}
        {of.urgent && <span className="tag fails">{w.t('mine.need.urgent')}</span>} <Stand of={of} />
      </p>
      <p className="muted small">
        {w.t('mine.need.asked', { at: w.stamp(of.asked) })} · {w.t('mine.need.due', { at: w.stamp(of.due) })}
      </p>
    </li>
  )
}

function Stand({ of }: { of: Need }) {
  const w = useSpoken()
  if (of.met)
    return <span className="tag active">{w.t(`mine.need.${of.outcome ?? 'given'}` as 'mine.need.given')}</span>
  return (
    <span className={of.acknowledged ? 'tag' : 'tag warns'}>
      {w.t(of.acknowledged ? 'mine.need.taken' : 'mine.need.waits')}
    </span>
  )
}
