import { useState } from 'react'
import { useField } from '../field'
import { useWords } from '../i18n'
import type { Bundle } from '../store/bundle'
import {
  type CarriedErrand,
  DELIVERED,
  FAILED,
  type OpenErrand,
  PICKED_UP,
  type Stage,
  saveStep,
  stageOf,
  stepsOf,
  titleOf,
} from '../store/errand'
import { Full } from '../store/full'
import { acceptErrand, giveErrandBack, refusalOf } from '../sync/errands'
import { FormVersion } from './FormVersion'
import { Choice, Wrong } from './parts'
import { useFacts } from './useFacts'

/** The orders that one carries, and those that nobody has yet. */
export default function Orders() {
  const w = useWords()
  const { bundle, said } = useField()
  const facts = useFacts()
  const its = bundle?.errands
  return (
    <main className="tasks">
      <h1 className="unseen">{w.t('tab.orders')}</h1>
      {said && (
        <p className="saved" role="status">
          {said}
        </p>
      )}
      <FormVersion of={DELIVERED} />
      {!its && <p className="empty">{w.t('list.empty')}</p>}
      {bundle && its && (
        <>
          <h2>{w.t('order.mine', { n: its.carried.length })}</h2>
          {!its.carried.length && <p className="empty">{w.t('order.none')}</p>}
          <ul className="cards">
            {its.carried.map((one) => (
              <li key={one.id}>
                <Carried bundle={bundle} of={one} stage={stageOf(one, facts)} />
              </li>
            ))}
          </ul>
          <h2>{w.t('order.open', { n: its.open.length })}</h2>
          <ul className="cards">
            {its.open.map((one) => (
              <li key={one.id}>
                <Open bundle={bundle} of={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  )
}

function Due({ of }: { of: OpenErrand }) {
  const w = useWords()
  return (
    <p className="muted">
      {of.rank === 1 && <em className="tag refused">{w.t('order.first')}</em>}{' '}
      {w.t('task.due', { time: w.time(Date.parse(of.due)) })}
    </p>
  )
}

/** Taken with the server's answer alone: of two who ask, one has it. */
function Open({ bundle, of }: { bundle: Bundle; of: OpenErrand }) {
  const w = useWords()
  const { syncNow } = useField()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const kind = bundle.errands?.categories.find((one) => one.code === of.category)
  const take = async () => {
    setBusy(true)
    try {
      await acceptErrand(of.id)
      setWrong(null)
    } catch (error) {
      setWrong(refusalOf(error) ?? w.t('order.online'))
    }
    setBusy(false)
    await syncNow()
  }
  return (
    <article>
      <h3>{kind ? w.name(kind) : of.category}</h3>
      <Due of={of} />
      <div className="acts">
        <button type="button" disabled={busy} onClick={take}>
          {w.t('order.take')}
        </button>
      </div>
      <Wrong text={wrong} />
    </article>
  )
}

function Carried({ bundle, of, stage }: { bundle: Bundle; of: CarriedErrand; stage: Stage }) {
  const w = useWords()
  const { phone, refresh, say, syncNow } = useField()
  const [failing, setFailing] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const title = titleOf(of, bundle, w.name)
  const act = async (known: typeof DELIVERED, data: Record<string, unknown>, done: string) => {
    try {
      await saveStep(phone, of, { known, data }, title)
      setWrong(null)
      setFailing(false)
      say(done)
      await refresh()
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  const back = async () => {
    try {
      await giveErrandBack(of.id)
      await syncNow()
    } catch (error) {
      setWrong(refusalOf(error) ?? w.t('order.online'))
    }
  }
  const steps = stepsOf(of, stage)
  return (
    <article className={steps.length ? undefined : 'over'}>
      <h3>{title}</h3>
      <Due of={of} />
      {of.words && <blockquote>{of.words}</blockquote>}
      {of.name && <p>{of.name}</p>}
      {of.phones.map((one) => (
        <p key={one}>
          <a href={`tel:${one}`}>{one}</a>
        </p>
      ))}
      <p>
        <strong>{w.t(of.contactless ? 'order.door' : 'order.hand')}</strong>
      </p>
      {!steps.length && <p role="status">{w.t(`order.is.${stage}`)}</p>}
      {failing ? (
        <Choice
          legend={w.t('order.why')}
          options={(bundle.errands?.failures ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
          value={null}
          onChange={(reason) => {
            const again = bundle.errands?.failures.find((one) => one.code === reason)?.again ?? true
            return act(FAILED, { reason, again }, w.t('order.saved', { label: title }))
          }}
        />
      ) : (
        <div className="acts">
          {steps.includes('picked_up') && (
            <button
              type="button"
              className="main"
              onClick={() => act(PICKED_UP, {}, w.t('order.saved', { label: title }))}
            >
              {w.t('order.picked_up')}
            </button>
          )}
          {steps.includes('delivered') && (
            <button
              type="button"
              className="main"
              onClick={() => act(DELIVERED, { at_door: of.contactless }, w.t('order.saved', { label: title }))}
            >
              {w.t(of.contactless ? 'order.left' : 'order.delivered')}
            </button>
          )}
          {steps.length > 0 && (
            <button type="button" onClick={() => setFailing(true)}>
              {w.t('order.failed')}
            </button>
          )}
          {stage === 'accepted' && (
            <button type="button" onClick={back}>
              {w.t('order.back')}
            </button>
          )}
        </div>
      )}
      <Wrong text={wrong} />
    </article>
  )
}
