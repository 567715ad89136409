import '../../styles/inspections.css'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { type FindingStep, type OpenedFinding, oversight } from '../../api/oversight'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { useSending } from '../gates/InspectionForm'
import { PhotoField, PhotoNote, Photograph } from '../gates/InspectionPhoto'
import { Small } from '../mobilisation/parts'
import { useSpoken } from './words'

interface Props {
  of: OpenedFinding
  done: () => void
}

/** What was done about a finding, by time, and what one may do now: put right, say how it was, look again, close. */
export function Steps({ of, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const answers = may('findings.answer')
  const reviews = may('findings.review')
  return (
    <section className="card" aria-labelledby="steps-title">
      <h2 id="steps-title">
        {w.t('ov.loop')} <span className={`tag ${TAGS[of.stage]}`}>{w.t(`ov.stage.${of.stage}`)}</span>
      </h2>
      {of.due && <p className="muted">{w.t(`ov.due.${of.stage as 'open' | 'rectified'}`, { at: w.stamp(of.due) })}</p>}
      {of.steps.some((one) => one.photo) && <PhotoNote />}
      {of.steps.length > 0 && (
        <ol className="inspected">
          {of.steps.map((one) => (
            <Step key={one.fact} of={of} step={one} done={done} />
          ))}
        </ol>
      )}
      {answers && of.stage === 'open' && <Rectify of={of} done={done} />}
      {answers && <State of={of} done={done} />}
      {reviews && of.stage === 'rectified' && <Recheck of={of} done={done} />}
      {reviews && of.stage !== 'closed' && <Close of={of} done={done} />}
    </section>
  )
}

export const TAGS = { open: 'fails', rectified: 'warns', closed: 'active' } as const

function Step({ of, step, done }: Props & { step: FindingStep }) {
  const w = useSpoken()
  const named = useOutcomes()
  const title = step.kind === 'closed' ? named(of.outcome) : w.t(`ov.step.${step.kind}`)
  return (
    <li>
      <strong>{title}</strong>
      <span className="muted small">{w.stamp(step.at)}</span>
      <p>{step.said}</p>
      {step.photo && <Photograph id={step.photo} show={w.t('ov.photo.see')} of={title} alt={w.t('ov.photo.of')} />}
      {step.own && <Undo what={title} take={() => oversight.retract(of.id, step.fact)} done={done} />}
    </li>
  )
}

/** What came of a finding is called. */
function useOutcomes() {
  const w = useSpoken()
  const board = useResource('oversight-words', (signal) => oversight.board('', signal))
  return (code: string) => {
    const its = board.data?.outcomes.find((one) => one.code === code)
    return its ? w.name(its) : code
  }
}

/** An id for what is sent next: sent again after a lost answer it is the same act, and the one after it is another. */
function useNext() {
  const [id, renew] = useState(newId)
  return { id, next: () => renew(newId()) }
}

function Rectify({ of, done }: Props) {
  const w = useSpoken()
  const { session, may } = useSession()
  const { id, next } = useNext()
  const { send } = useSending(session?.role === 'checkpoint_staff' ? 'checkpoint' : 'screening')
  const photo: [string, string, React.ReactNode] = [
    'photo',
    w.t('ov.photo'),
    <PhotoField key="photo" label={w.t('ov.photo.of')} />,
  ]
  return (
    <Small
      name={`rectify-${of.id}`}
      title={w.t('ov.rectify')}
      fields={[
        ['said', w.t('ov.rectify.said'), <Input.TextArea key="said" maxLength={1000} rows={2} />],
        ...(may('attachments.add') ? [photo] : []),
      ]}
      free={['photo']}
      send={async (values) => {
        const [shows] = await send([(values.photo as Blob | null | undefined) ?? null], of.id, of.area)
        await oversight.rectify(of.id, { id, said: String(values.said), photo: shows })
        next()
      }}
      done={done}
    />
  )
}

function State({ of, done }: Props) {
  const w = useSpoken()
  const { id, next } = useNext()
  return (
    <Small
      name={`state-${of.id}`}
      title={w.t('ov.state')}
      fields={[['said', w.t('ov.state.said'), <Input.TextArea key="said" maxLength={1000} rows={2} />]]}
      send={async ({ said }) => {
        await oversight.state(of.id, { id, said: String(said) })
        next()
      }}
      done={done}
    />
  )
}

function Recheck({ of, done }: Props) {
  const w = useSpoken()
  const { id, next } = useNext()
  const looks = (['in_order', 'not_in_order'] as const).map((one) => ({ value: one, label: w.t(`ov.step.${one}`) }))
  return (
    <Small
      name={`recheck-${of.id}`}
      title={w.t('ov.recheck')}
      fields={[
        ['in_order', w.t('ov.recheck.result'), <Select key="in_order" options={looks} />],
        ['said', w.t('ov.close.reason'), <Input.TextArea key="said" maxLength={1000} rows={2} />],
      ]}
      send={async ({ in_order, said }) => {
        await oversight.recheck(of.id, { id, in_order: in_order === 'in_order', said: String(said) })
        next()
      }}
      done={done}
    />
  )
}

const SAID = ['explained', 'mistaken'] as const

function Close({ of, done }: Props) {
  const w = useSpoken()
  const { id, next } = useNext()
  const named = useOutcomes()
  return (
    <Small
      name={`close-${of.id}`}
      title={w.t('ov.close')}
      fields={[
        [
          'outcome',
          w.t('ov.close.outcome'),
          <Select key="outcome" options={SAID.map((one) => ({ value: one, label: named(one) }))} />,
        ],
        ['reason', w.t('ov.close.reason'), <Input.TextArea key="reason" maxLength={1000} rows={2} />],
      ]}
      send={async ({ outcome, reason }) => {
        await oversight.close(of.id, { id, outcome: outcome as (typeof SAID)[number], reason: String(reason) })
        next()
      }}
      done={done}
    />
  )
}
