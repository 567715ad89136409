import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type Act, FORMATS, type Issue, issues } from '../../api/issues'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { go } from '../../route'
import { useSession } from '../../session'
import { Papers } from './Papers'
import { Figures, Findings, Last, Texts } from './Texts'
import { Units } from './Units'
import { useSpoken } from './words'

const WAY = ['drafted', 'checked', 'approved', 'issued', 'returned'] as const
const OPEN = ['drafted', 'checked', 'approved']

/** A notice of ours: its words, its figures, what the checks found, and its way to the public. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const found = useResource(`issue|${id}`, (signal) => issues.card(id, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  const { edition, indicators, software } = card
  const standing = { seq: w.n(card.seq), chain: card.chain.slice(0, 16), edition, indicators, software }
  return (
    <>
      <div className="heading">
        <p>
          <a href={`#issues?area=${encodeURIComponent(card.area)}`}>{w.t('is.back')}</a>
        </p>
        <h1>
          <AreaName code={card.area} /> {w.moment(card.as_of)}
        </h1>
        <p className="muted">
          <span className="tag">{w.t(`stage.${card.stage}`)}</span>
          {card.number && ` ${w.t('is.number', { n: w.n(card.number) })}`}
          {card.issued && ` ${w.t('is.published', { at: w.stamp(card.issued.at) })}`}
        </p>
      </div>
      {card.note && (
        <section className="card" aria-label={w.t('is.revision_note')}>
          <h2>{w.t('is.revision_note')}</h2>
          <p>{card.note}</p>
        </section>
      )}
      <div className="workshop">
        <section className="card" aria-label={w.t('is.notice')}>
          <Texts zh={card.zh} en={card.en} />
          <h2>{w.t('is.figures')}</h2>
          <Figures of={card.figures} other={card.before ?? card.previous} />
        </section>
        <div>
          <Next of={card} done={found.retry} />
          <Units of={card} />
          <Papers
            formats={FORMATS}
            name={`${card.area}-${card.as_of.slice(0, 16).replace(/\D/g, '')}-${card.number ?? 'draft'}`}
            file={(format, lang) => issues.file(id, format, lang)}
          />
          <section className="card" aria-label={w.t('is.proof')}>
            <h2>{w.t('is.proof')}</h2>
            <p className="muted small">{w.t('is.stands', standing)}</p>
            <Verify id={id} />
          </section>
          <Way of={card} />
        </div>
      </div>
      <Last of={card.before ?? card.previous} />
    </>
  )
}

function Way({ of }: { of: Issue }) {
  const w = useSpoken()
  const steps = WAY.filter((step) => (step === 'returned' ? of.returned : !of.returned || of[step]))
  const told = (act: Act | null) => (act ? w.stamp(act.at) : w.t('is.way.open'))
  return (
    <section className="card" aria-label={w.t('is.way')}>
      <h2>{w.t('is.way')}</h2>
      <dl className="facts">
        {steps.map((step) => (
          <div key={step}>
            <dt>{w.t(`is.way.${step}`)}</dt>
            <dd>{told(of[step])}</dd>
          </div>
        ))}
      </dl>
      {of.reason && <p>{of.reason}</p>}
      {of.notes.map((one) => (
        <p key={one.code} className="muted">
          {one.code}: {one.note}
        </p>
      ))}
    </section>
  )
}

function Verify({ id }: { id: string }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [said, setSaid] = useState('')
  const verify = () =>
    run(async () => {
      const told = await issues.verify(id)
      const what = [...told.differing, ...(told.chain ? [] : [w.t('is.differs.chain')])].join(', ')
      setSaid(told.holds ? w.t('is.verified') : w.t('is.differs', { what }))
    })
  return (
    <>
      <Told error={error} />
      <Button onClick={verify} loading={busy}>
        {w.t('is.verify')}
      </Button>
      <p role="status">{said}</p>
    </>
  )
}

/** What can be done next: the check with its notes, the approval, the issue, the way back, a revision. */
function Next({ of, done }: { of: Issue; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const open = OPEN.includes(of.stage)
  if (!may('bulletins.compose')) return null
  if (of.stage === 'issued') return <Revise of={of} />
  if (!open) return null
  const act = (what: () => Promise<unknown>) => () => run(() => what().then(done))
  const last = of.approved ?? of.checked ?? of.drafted
  return (
    <section className="card" aria-label={w.t('is.acts')}>
      <h2>{w.t('is.acts')}</h2>
      {of.stage === 'drafted' && <Check of={of} done={done} />}
      {of.stage === 'checked' && of.drafted.own && <p>{w.t('is.own')}</p>}
      <Told error={error} />
      <div className="actions">
        {of.stage === 'checked' && !of.drafted.own && (
          <Button type="primary" loading={busy} onClick={act(() => issues.approve(of.draft))}>
            {w.t('is.approve')}
          </Button>
        )}
        {of.stage === 'approved' && (
          <Button type="primary" loading={busy} onClick={act(() => issues.issue(of.draft))}>
            {w.t('is.issue')}
          </Button>
        )}
        {last.own && (
          <Undo
            label={w.t('is.take_back')}
            take={() => issues.takeBack(of.draft, last.fact)}
            done={() => (last === of.drafted ? go({ room: 'issues' }) : done())}
          />
        )}
      </div>
      <SendBack of={of} done={done} />
    </section>
  )
}

function Check({ of, done }: { of: Issue; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const found = useResource(`issue-findings|${of.draft}`, (signal) => issues.findings(of.draft, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const submit = ({ notes }: { notes?: Record<string, string> }) =>
    run(async () => {
      const told = Object.entries(notes ?? {}).map(([code, note]) => ({ code, note }))
      await issues.check(of.draft, { notes: told })
      done()
    })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit} aria-label={w.t('is.findings')}>
      <h3>{w.t('is.findings')}</h3>
      <Findings of={found.data} noting />
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy} disabled={found.data.some((one) => one.blocks)}>
          {w.t('is.check')}
        </Button>
      </div>
    </Form>
  )
}

function SendBack({ of, done }: { of: Issue; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  const submit = ({ reason }: { reason: string }) => run(() => issues.sendBack(of.draft, reason).then(done))
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('is.return')}
      </Button>
      {open && (
        <Form layout="vertical" size="small" requiredMark={false} onFinish={submit} aria-label={w.t('is.return')}>
          <Form.Item
            name="reason"
            label={w.t('is.reason')}
            rules={[{ required: true, whitespace: true, message: w.t('is.needed') }]}
            {...told('reason')}
          >
            <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
          </Form.Item>
          <Button htmlType="submit" loading={busy}>
            {w.t('is.return')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </>
  )
}

function Revise({ of }: { of: Issue }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const day = new Date(Date.parse(of.as_of) + 8 * 3_600_000 - 1).toISOString().slice(0, 10)
  const submit = ({ note }: { note: string }) =>
    run(async () => {
      const { area, cutoff, disease, issued } = of
      const made = await issues.draft({ area, day, cutoff, disease, revises: issued?.fact, note, fact })
      go({ room: 'issue', id: made.fact })
    })
  return (
    <section className="card" aria-label={w.t('is.revise')}>
      <h2>{w.t('is.revise')}</h2>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="note"
          label={w.t('is.revision_note')}
          rules={[{ required: true, whitespace: true, message: w.t('is.needed') }]}
          {...told('note')}
        >
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Told error={error} />
        <Button htmlType="submit" loading={busy}>
          {w.t('is.revise')}
        </Button>
      </Form>
    </section>
  )
}
