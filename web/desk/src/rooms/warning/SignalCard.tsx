import { Button, Form, Input, Radio } from 'antd'
import { Fragment, useId, useRef, useState } from 'react'
import { type Outcome, type Signal, type SignalCounts, warning } from '../../api/warning'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Told } from '../../forms/Told'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { Evidence } from './Evidence'
import { lasting, useSpoken, type Words } from './words'

const MOST_LETTERS = 500

interface Props {
  of: Signal
  terms: Pick<SignalCounts, 'statuses' | 'outcomes'>
  reviewed: () => void
}

/** A signal: what was found where, on what it rests, who was told, what people made of it. */
export function SignalCard({ of: listed, terms, reviewed }: Props) {
  const w = useSpoken()
  const id = useId()
  const { may } = useSession()
  const [judged, setJudged] = useState<Signal | null>(null)
  const [open, setOpen] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const of = judged && judged.reviews.length >= listed.reviews.length ? judged : listed
  const done = (after: Signal) => {
    setJudged(after)
    setOpen(false)
    reviewed()
    title.current?.focus()
  }
  const last = of.reviews.at(-1)
  const status = terms.statuses.find((one) => one.code === of.status)
  return (
    <li className={`signal ${of.status}`} data-row={of.id}>
      <h3 id={id} ref={title} tabIndex={-1}>
        {w.name(of)} · <AreaName code={of.area} />{' '}
        <span className={`tag ${of.status}`}>{status ? w.name(status) : of.status}</span>
        {of.reopened && <span className="tag"> {w.t('wa.reopened')}</span>}
      </h3>
      <p className="muted small">
        {w.t('wa.raised', { at: w.stamp(of.raised_at) })}
        {of.count > 1 && ` · ${w.t('wa.folded', { n: w.n(of.count), at: w.stamp(of.last_at) })}`}
      </p>
      <Evidence of={of.evidence} />
      <Cases of={of} />
      <p className="small">{w.t('wa.told', { whom: toldOf(of, w) })}</p>
      <Reviews of={of} />
      <p className="muted small">{w.t('wa.basis', { version: of.version, seq: w.n(of.last_seq) })}</p>
      <div className="row-acts">
        {may('warning.review') && (
          <Button aria-expanded={open} aria-describedby={id} onClick={() => setOpen(!open)}>
            {w.t('wa.review')}
          </Button>
        )}
        <a href={`${pathOf({ room: 'area' })}?area=${of.area}`}>{w.t('wa.open.area')}</a>
      </div>
      {open && <ReviewForm of={of} outcomes={terms.outcomes.filter(({ code }) => fits(of, code))} done={done} />}
      <p role="status" className="said">
        {of === judged && last && w.t('wa.review.done', { outcome: w.name(last) })}
      </p>
    </li>
  )
}

/** What is open cannot be opened again, and what was judged is not judged the same twice. */
function fits(of: Signal, outcome: string): boolean {
  if (outcome === 'reopened') return of.status === 'dismissed' || of.status === 'confirmed'
  return outcome !== of.status
}

function toldOf(of: Signal, w: Words): string {
  if (!of.told.length) return w.t('wa.told.none')
  const people = new Map<string, number>()
  // A role that two levels have is told at both.
  for (const one of of.told) people.set(w.name(one), (people.get(w.name(one)) ?? 0) + one.people)
  return [...people].map(([role, n]) => w.t('wa.told.people', { role, n: w.n(n) })).join(w.t('list.comma'))
}

/** The cases that it is about, to whoever may see them one by one; to others how many. */
function Cases({ of }: { of: Signal }) {
  const w = useSpoken()
  const { may } = useSession()
  if (!of.cases) return null
  return (
    <p className="small">
      {w.t('wa.cases', { n: w.n(of.cases) })}
      {may('cases.read') &&
        of.subjects.slice(0, MOST_LINKS).map((id) => (
          <Fragment key={id}>
            {' '}
            <a href={pathOf({ room: 'case', id })}>{id.slice(-6)}</a>
          </Fragment>
        ))}
    </p>
  )
}

const MOST_LINKS = 8

function Reviews({ of }: { of: Signal }) {
  const w = useSpoken()
  if (!of.reviews.length) return null
  return (
    <ol className="reviews small" aria-label={w.t('wa.reviews')}>
      {of.reviews.map((one) => {
        const values = {
          at: w.stamp(one.at),
          role: w.name({ zh: one.role_zh, en: one.role_en }),
          outcome: w.name(one),
        }
        return (
          <li key={one.at}>
            {one.seconds === null
              ? w.t('wa.reviewed', values)
              : w.t('wa.reviewed.after', { ...values, time: lasting(one.seconds, w) })}
            <span className="block">{one.reason}</span>
          </li>
        )
      })}
    </ol>
  )
}

interface FormProps {
  of: Signal
  outcomes: SignalCounts['outcomes']
  done: (after: Signal) => void
}

/** What a person makes of it; never without a reason. */
function ReviewForm({ of, outcomes, done }: FormProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const send = ({ outcome, reason }: { outcome: Outcome; reason: string }) =>
    run(async () => done(await warning.review(of.id, outcome, reason.trim())))
  return (
    <Form
      layout="vertical"
      className="review-form"
      aria-label={w.t('wa.review.of', { name: w.name(of) })}
      onFinish={send}
    >
      <Form.Item
        name="outcome"
        label={w.t('wa.review')}
        rules={[{ required: true, message: w.t('wa.review.outcome.needed') }]}
      >
        <Radio.Group options={outcomes.map((one) => ({ value: one.code, label: w.name(one) }))} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={w.t('wa.review.reason')}
        rules={[{ required: true, whitespace: true, message: w.t('wa.review.reason.needed') }]}
      >
        <Input.TextArea rows={2} maxLength={MOST_LETTERS} />
      </Form.Item>
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('wa.review.send')}
      </Button>
    </Form>
  )
}
