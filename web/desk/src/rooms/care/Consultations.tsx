import { Button, Checkbox, Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Experts as Board, type Consultation, experts } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { CaseField } from './CaseField'
import type { Last } from './Undo'
import { useWays } from './ways'

const QUESTIONS = ['diagnosis', 'treatment', 'transfer', 'discharge'] as const
const ADVICE = ['continue', 'adjust', 'transfer', 'test_again', 'discharge'] as const

interface Props {
  of: Board
  done: (acted: Last) => void
}

/** What expert teams are asked about cases, by what is due first. */
export function Consultations({ of, done }: Props) {
  const w = useWays()
  const now = useNow()
  const { may } = useSession()
  return (
    <section className="card" aria-label={w.t('con.title')}>
      <h2>{w.t('con.title')}</h2>
      {may('experts.consult') && <Ask of={of} done={done} />}
      {!of.consultations.length && <p className="muted">{w.t('con.none')}</p>}
      {of.consultations.length > 0 && (
        <LongGrid
          label={w.t('con.title')}
          rows={of.consultations}
          keyOf={(one) => one.id}
          total={of.consultations.length}
          more={null}
          onward={false}
          busy={false}
          columns={[
            {
              key: 'case',
              title: w.t('con.case'),
              head: true,
              cell: (one) => (
                <>
                  {may('cases.read') ? (
                    <a className="mono" href={pathOf({ room: 'case', id: one.case })}>
                      {one.case.slice(-6)}
                    </a>
                  ) : (
                    <span className="mono">{one.case.slice(-6)}</span>
                  )}
                  <span className="muted block small">{w.name(one)}</span>
                </>
              ),
            },
            {
              key: 'question',
              title: w.t('con.question'),
              cell: (one) => (
                <>
                  {w.t(`con.question.${one.question}`)}{' '}
                  {one.urgent && <span className="tag fails">{w.t('con.urgent')}</span>}
                </>
              ),
            },
            { key: 'due', title: w.t('con.due'), cell: (one) => <Due of={one} now={now} /> },
            {
              key: 'answer',
              title: w.t('con.answer'),
              cell: (one) =>
                one.answered ? (
                  one.advice.map((each) => w.t(`con.advice.${each}`)).join(' · ')
                ) : (
                  <Answer of={one} teams={of.teams} done={done} />
                ),
              className: 'acts',
            },
          ]}
        />
      )}
    </section>
  )
}

function Due({ of, now }: { of: Consultation; now: number | null }) {
  const w = useWays()
  if (of.answered) return w.stamp(of.answered)
  const late = now !== null && Date.parse(of.due) < now
  return <span className={late ? 'late' : ''}>{w.stamp(of.due)}</span>
}

function Answer({ of, teams, done }: { of: Consultation; teams: Board['teams']; done: (acted: Last) => void }) {
  const w = useWays()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const mine = teams.some((one) => one.id === of.team && one.mine)
  if (!may('experts.consult') || !(mine || may('experts.manage')))
    return <span className="tag">{w.t('con.waiting')}</span>
  const answer = (advice: (typeof ADVICE)[number]) =>
    run(async () => {
      const made = await experts.answer(of.id, { advice: [advice], fact })
      done({ what: w.t(`con.advice.${advice}`), take: () => experts.takeBackQuestion(of.id, made.fact) })
    })
  return (
    <>
      <Select
        size="small"
        loading={busy}
        placeholder={w.t('con.answer')}
        aria-label={w.t('con.answer')}
        popupMatchSelectWidth={false}
        onChange={answer}
        options={ADVICE.map((value) => ({ value, label: w.t(`con.advice.${value}`) }))}
      />
      <Told error={error} />
    </>
  )
}

interface Values {
  team: string
  case: string
  question: (typeof QUESTIONS)[number]
  urgent?: boolean
}

function Ask({ of, done }: Props) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [ids, setIds] = useState(() => ({ id: newId(), fact: newId() }))
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('ways.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const made = await experts.ask({ ...values, urgent: Boolean(values.urgent), ...ids })
      setIds({ id: newId(), fact: newId() })
      form.resetFields()
      done({ what: w.t('con.ask'), take: () => experts.takeBackQuestion(made.id, made.fact) })
    })
  return (
    <Form form={form} name="consultation" layout="vertical" requiredMark={false} onFinish={submit}>
      <div className="fields">
        <Form.Item name="team" label={w.t('con.team')} rules={needed} {...told('team')}>
          <Select options={of.teams.map((one) => ({ value: one.id, label: w.name(one) }))} />
        </Form.Item>
        <Form.Item name="case" label={w.t('tri.case')} extra={w.t('tri.case.help')} rules={needed} {...told('case')}>
          <CaseField />
        </Form.Item>
        <Form.Item name="question" label={w.t('con.question')} rules={needed} {...told('question')}>
          <Select options={QUESTIONS.map((value) => ({ value, label: w.t(`con.question.${value}`) }))} />
        </Form.Item>
        <Form.Item name="urgent" valuePropName="checked" label=" " colon={false}>
          <Checkbox>{w.t('con.urgent')}</Checkbox>
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button htmlType="submit" loading={busy}>
          {w.t('con.ask')}
        </Button>
      </div>
    </Form>
  )
}
