import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Line, library, type Outcome } from '../../api/library'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'

const OUTCOMES: Outcome[] = ['answered', 'passed_on', 'not_taken']

/** What the public told back: what is due first on top; the words are opened one by one, each look on record. */
export function Feedback() {
  const w = useSpoken()
  const [open, setOpen] = useState('')
  const found = useResource('feedback', (signal) => library.feedback(false, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const rows = [...found.data].sort((a, b) => Number(!!a.outcome) - Number(!!b.outcome) || a.due.localeCompare(b.due))
  return (
    <section className="card" aria-labelledby="feedback-title">
      <h2 id="feedback-title">{w.t('op.feedback')}</h2>
      {rows.length === 0 ? (
        <Empty title={w.t('op.feedback.none')} text={w.t('op.feedback.none.text')} />
      ) : (
        <Grid
          label={w.t('op.feedback')}
          rows={rows}
          keyOf={(one: Line) => one.subject}
          columns={[
            { key: 'at', title: w.t('op.got'), head: true, cell: (one: Line) => w.stamp(one.at) },
            { key: 'topic', title: w.t('op.topic'), cell: (one: Line) => w.t(`topic.${one.topic}`) },
            { key: 'area', title: w.t('op.area'), cell: (one: Line) => <AreaName code={one.area} /> },
            { key: 'due', title: w.t('op.due'), cell: (one: Line) => w.stamp(one.due) },
            {
              key: 'outcome',
              title: w.t('op.outcome'),
              cell: (one: Line) => (
                <>
                  <span className="tag">{one.outcome ? w.t(`outcome.${one.outcome}`) : w.t('op.waiting')}</span>{' '}
                  {open !== one.subject && (
                    <Button size="small" onClick={() => setOpen(one.subject)}>
                      {w.t('op.open')}
                    </Button>
                  )}
                  {open === one.subject && <Card of={one} done={found.retry} />}
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

function Card({ of, done }: { of: Line; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const found = useResource(`feedback|${of.subject}`, (signal) => library.one(of.subject, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { fact } = of
  return (
    <div>
      <h3>{w.t('op.words')}</h3>
      <p>{found.data.words ?? w.t('op.erased')}</p>
      {of.outcome ? (
        <>
          <p>{of.answer}</p>
          {of.own && fact && <Undo take={() => library.takeAnswerBack(of.subject, fact)} done={done} />}
        </>
      ) : (
        <Form
          name="answer"
          layout="vertical"
          size="small"
          requiredMark={false}
          initialValues={{ outcome: 'answered' }}
          onFinish={(sent: { outcome: Outcome; answer: string }) =>
            run(() => library.answer(of.subject, sent).then(done))
          }
        >
          <Form.Item name="outcome" label={w.t('op.outcome')}>
            <Select options={OUTCOMES.map((value) => ({ value, label: w.t(`outcome.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="answer"
            label={w.t('op.answer')}
            rules={[{ required: true, whitespace: true, message: w.t('op.needed') }]}
            {...told('answer')}
          >
            <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('op.send')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </div>
  )
}
