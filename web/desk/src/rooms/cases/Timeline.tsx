import { Button } from 'antd'
import { useId, useState } from 'react'
import { type CaseCard, type CaseFact, cases } from '../../api/cases'
import { newId } from '../../api/people'
import { useReturn } from '../../forms/focus'
import { Undo } from '../../parts/Undo'
import { go } from '../../route'
import { useSession } from '../../session'
import { ActForm } from './acts/ActForm'
import { valuesOf } from './acts/body'
import { correctionOf } from './acts/fields'
import { Told } from './acts/Value'
import { shortStamp } from './cells'
import { useTerms } from './terms'
import { useSpoken } from './words'

interface Props {
  card: CaseCard
  past: boolean
  done: (said: string) => void
}

/** Every fact of the case, the newest first: what happened when, and when it became known. */
export function Timeline({ card, past, done }: Props) {
  const w = useSpoken()
  const id = useId()
  const facts = [...card.timeline].reverse()
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{w.t('timeline.title')}</h2>
        <p className="muted">{w.t('timeline.text')}</p>
      </header>
      <ol className="timeline">
        {facts.map((fact) => (
          <Entry key={fact.id} fact={fact} card={card} past={past} done={done} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ fact, card, past, done }: Props & { fact: CaseFact }) {
  const w = useSpoken()
  const { disease } = useTerms()
  const its = disease(card.disease)
  const edition = its?.editions.find((e) => e.code === (fact.data.edition ?? card.edition))
  const fault = card.faults.find((f) => f.fact === fact.id)
  const disputed = card.disputed.includes(fact.id)
  return (
    <li className={fact.holds ? undefined : 'gone'}>
      <p>
        <strong>{w.t(`kind.${fact.kind}` as 'kind.case.reported') ?? fact.kind}</strong>{' '}
        <time dateTime={fact.at}>{shortStamp(fact.at, w)}</time>
        {!fact.holds && <span className="tag disabled">{w.t('timeline.gone')}</span>}
        {fact.holds && !fact.counts && <span className="tag warns">{w.t('timeline.fault')}</span>}
        {disputed && <span className="tag warns">{w.t('timeline.disputed')}</span>}
        {fact.corrects && <span className="tag">{w.t('timeline.corrects')}</span>}
      </p>
      {fault && <p className="fault">{w.name(fault)}</p>}
      <Told kind={fact.kind} data={fact.data} edition={edition} />
      <p className="muted small">
        {w.t('timeline.known', { at: w.stamp(fact.received_at), by: card.names[fact.author] ?? fact.author })}
      </p>
      {!past && fact.holds && <Change fact={fact} card={card} done={done} />}
    </li>
  )
}

/** A fact can be corrected or taken back by who may record its kind; both stay on record. */
function Change({ fact, card, done }: { fact: CaseFact; card: CaseCard; done: (said: string) => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const [id] = useState(newId)
  useReturn(open ? 'correct' : null)
  const act = correctionOf(fact.kind)
  if (!act || !may(act.action)) return null
  const taken = () => {
    // Without its report card there is no case to show.
    if (fact.kind === 'case.reported') go({ room: 'cases' })
    else done(w.t('timeline.retracted'))
  }
  return (
    <>
      <div className="actions small-actions">
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {w.t('timeline.correct')}
        </Button>
        <Undo
          what={`${w.t(`kind.${fact.kind}` as 'kind.case.reported')} ${shortStamp(fact.at, w)}`}
          whys={WHYS}
          sure={w.t('timeline.retract.text')}
          take={(why) => cases.record(card.case, 'retract', { fact: fact.id, why, id })}
          done={taken}
        />
      </div>
      {open && (
        <ActForm
          act={act}
          card={card}
          values={{ ...valuesOf(fact.data), observed_at: fact.at }}
          corrects={fact.id}
          done={done}
          close={() => setOpen(false)}
        />
      )}
    </>
  )
}

const WHYS = ['mistaken', 'duplicate'] as const
