import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type Call, type Called, mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Undo } from '../../parts/Undo'
import { choices, type OfArea } from './terms'
import { useSpoken } from './words'

interface Props {
  call: Call
  terms: OfArea['terms']
  done: () => void
}

/** A department reports in or declines; what it said last can be taken back. */
export function AnswerActs({ of, call, terms, done }: Props & { of: Called }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const then = (act: Promise<unknown>) =>
    run(async () => {
      await act
      setFact(newId())
      done()
    })
  const submit = (values: { heads: number; arrives: string }) => then(mobilisation.answer(call.id, { ...values, fact }))
  return (
    <>
      <Form
        name={`answer-${call.id}`}
        layout="inline"
        size="small"
        requiredMark={false}
        initialValues={{ heads: of.heads || Math.max(1, call.heads - call.coming), arrives: call.starts }}
        onFinish={submit}
        aria-label={w.t('call.report')}
      >
        <Form.Item name="heads" label={w.t('call.heads')} rules={needed} {...told('heads')}>
          <InputNumber min={1} max={100000} precision={0} />
        </Form.Item>
        <Form.Item name="arrives" label={w.t('call.arrival')} rules={needed} {...told('arrives')}>
          <TimeField />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('call.report')}
        </Button>
      </Form>
      <div className="row-acts">
        <Select
          size="small"
          aria-label={w.t('call.decline')}
          placeholder={w.t('call.decline')}
          value={null}
          popupMatchSelectWidth={false}
          onChange={(reason: string | null) => reason && then(mobilisation.decline(call.id, reason))}
          options={choices(terms.declined, w.name)}
        />
        {of.fact && <Undo take={() => mobilisation.takeBackCall(call.id, of.fact as string)} done={done} />}
      </div>
      <Told error={error} />
    </>
  )
}

/** Who called closes the call, with what came of it. */
export function CallerActs({ of, terms, done }: { of: Call; terms: OfArea['terms']; done: () => void }) {
  const w = useSpoken()
  const { error, run } = useAct()
  return (
    <>
      <Select
        size="small"
        aria-label={w.t('call.close')}
        placeholder={w.t('call.close')}
        value={null}
        popupMatchSelectWidth={false}
        onChange={(outcome: string | null) => outcome && run(() => mobilisation.close(of.id, outcome).then(done))}
        options={choices(terms.closed, w.name)}
      />
      <Told error={error} />
    </>
  )
}
