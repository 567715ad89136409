import { Button } from 'antd'
import { useId, useState } from 'react'
import type { CaseCard } from '../../../api/cases'
import { useReturn } from '../../../forms/focus'
import { useSession } from '../../../session'
import { useSpoken } from '../words'
import { ActForm } from './ActForm'
import { type Act, ACTS } from './fields'

const GROUPS = [
  ['find', ['describe', 'investigate', 'determine-source', 'hand-over']],
  ['decide', ['classify', 'assess-severity']],
  ['laboratory', ['sample', 'receive-sample', 'test', 'sequence']],
  ['care', ['isolate', 'admit', 'treat', 'discharge', 'end']],
] as const

/** What can be done on a case, as far as the role goes. */
export function Acts({ card, done }: { card: CaseCard; done: (said: string) => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [open, setOpen] = useState<Act | null>(null)
  useReturn(open)
  const id = useId()
  const allowed = ACTS.filter((act) => may(act.action))
  if (!allowed.length) return null
  const finish = (said: string) => {
    setOpen(null)
    done(said)
  }
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('acts.title')}</h2>
      <div className="act-groups">
        {GROUPS.map(([group, names]) => {
          const acts = allowed.filter((act) => (names as readonly string[]).includes(act.name))
          if (!acts.length) return null
          return (
            <fieldset key={group}>
              <legend className="muted small">{w.t(`acts.${group}`)}</legend>
              <div className="act-buttons">
                {acts.map((act) => (
                  <Button
                    key={act.name}
                    type={open?.name === act.name ? 'primary' : undefined}
                    aria-expanded={open?.name === act.name}
                    onClick={() => setOpen(open?.name === act.name ? null : act)}
                  >
                    {w.t(`act.${act.name}` as 'act.classify')}
                  </Button>
                ))}
              </div>
            </fieldset>
          )
        })}
      </div>
      {open && (
        <ActForm
          key={open.name}
          act={open}
          card={card}
          values={startOf(open, card)}
          done={finish}
          close={() => setOpen(null)}
        />
      )}
    </section>
  )
}

/** What is known already stands in the form. */
function startOf(act: Act, card: CaseCard): Record<string, unknown> {
  if (act.fields.some((f) => f.about)) return { ...card.about }
  if (act.name === 'classify')
    return { to: card.proposal?.would_be ?? undefined, edition: card.edition, basis: undefined }
  return {}
}
