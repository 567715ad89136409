import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Claim, library, type Verdict } from '../../api/library'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { DayField } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'
import { Withdraw } from './Withdraw'

const VERDICTS: Verdict[] = ['false', 'misleading', 'unproven', 'true']

interface Fields {
  verdict: Verdict
  claim_zh: string
  answer_zh: string
  claim_en?: string
  answer_en?: string
  evidence: string
  link: string
  day: string
}

/** Claims that go round, and what is found about them. Who made one is asked nowhere. */
export function Claims({ area }: { area: string }) {
  const w = useSpoken()
  const [again, setAgain] = useState<Claim | null>(null)
  const found = useResource(`claims|${area}`, (signal) => library.claims(area, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const done = () => {
    setAgain(null)
    found.retry()
  }
  const spoken = (zh: string, en: string) => (w.lang === 'en' && en ? en : zh)
  return (
    <section className="card" aria-labelledby="claims-title">
      <h2 id="claims-title">{w.t('op.claims')}</h2>
      <Answer key={again?.fact ?? ''} area={area} of={again} done={done} />
      {found.data.length === 0 ? (
        <Empty title={w.t('op.none')} text={w.t('op.none.text')} />
      ) : (
        <Grid
          label={w.t('op.claims')}
          rows={found.data}
          keyOf={(one: Claim) => one.subject}
          columns={[
            {
              key: 'claim',
              title: w.t('op.claim.is'),
              head: true,
              cell: (one: Claim) => spoken(one.claim_zh, one.claim_en),
            },
            {
              key: 'verdict',
              title: w.t('op.verdict'),
              cell: (one: Claim) => <span className="tag">{w.t(`verdict.${one.verdict}`)}</span>,
            },
            {
              key: 'answer',
              title: w.t('op.answer'),
              cell: (one: Claim) => spoken(one.answer_zh, one.answer_en),
            },
            { key: 'evidence', title: w.t('op.evidence'), cell: (one: Claim) => <a href={one.link}>{one.evidence}</a> },
            {
              key: 'state',
              title: w.t('op.state'),
              cell: (one: Claim) => (
                <>
                  {one.withdrawn && <p>{w.t('op.withdrawn', { reason: one.reason })}</p>}
                  <div className="actions">
                    <Button size="small" onClick={() => setAgain(one)}>
                      {w.t('op.claim.again')}
                    </Button>
                    {!one.withdrawn && (
                      <Withdraw withdraw={(reason) => library.endClaim(one.subject, { reason })} done={done} />
                    )}
                    {one.own && (
                      <Undo
                        what={spoken(one.claim_zh, one.claim_en)}
                        take={() => library.takeClaimBack(one.subject, one.fact)}
                        done={done}
                      />
                    )}
                  </div>
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

/** A form for a new claim, or to answer one anew: the last answer holds. */
function Answer({ area, of, done }: { area: string; of: Claim | null; done: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm<Fields>()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const submit = ({ claim_en = '', answer_en = '', ...rest }: Fields) =>
    run(async () => {
      await library.answerClaim({
        ...rest,
        claim_en,
        answer_en,
        area: of?.area ?? area,
        subject: of?.subject ?? newId(),
      })
      form.resetFields()
      done()
    })
  const needed = [{ required: true, whitespace: true, message: w.t('op.needed') }]
  const long = (name: keyof Fields, label: string, rules = needed) => (
    <Form.Item name={name} label={label} rules={rules} {...told(name)}>
      <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
    </Form.Item>
  )
  return (
    <details open={of !== null}>
      <summary>{w.t(of ? 'op.claim.again' : 'op.claim.new')}</summary>
      <Form
        form={form}
        name="claim"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={of ?? { verdict: 'false' }}
      >
        {long('claim_zh', w.t('op.claim'))}
        <div className="fields">
          <Form.Item name="verdict" label={w.t('op.verdict')} {...told('verdict')}>
            <Select options={VERDICTS.map((value) => ({ value, label: w.t(`verdict.${value}`) }))} />
          </Form.Item>
          <Form.Item name="day" label={w.t('op.claim.day')} rules={needed} {...told('day')}>
            <DayField />
          </Form.Item>
          <Form.Item name="evidence" label={w.t('op.evidence')} rules={needed} {...told('evidence')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="link" label={w.t('op.evidence.link')} rules={needed} {...told('link')}>
            <Input maxLength={500} inputMode="url" />
          </Form.Item>
        </div>
        {long('answer_zh', w.t('op.answer'))}
        {long('claim_en', w.t('op.claim.en'), [])}
        {long('answer_en', w.t('op.answer.en'), [])}
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('op.publish')}
        </Button>
      </Form>
    </details>
  )
}
