import { Button, Checkbox, Form, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type TriageTerms, triage, type Visit } from '../../api/triage'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { CAME, HISTORY, WAYS } from './Arrive'
import type { Last } from './Undo'
import { useWays } from './ways'

interface Props {
  of: Visit
  terms: TriageTerms
  done: (acted: Last) => void
  close: () => void
}

type Answers = Pick<Visit, 'temp_c' | 'symptoms' | 'history' | 'way' | 'came' | 'items'>

/** Tells anew what was told at the door by mistake; what was told first stays on record. */
export function Correct({ of, terms, done, close }: Props) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const [form] = Form.useForm<Answers>()
  const history = Form.useWatch('history', form)
  const told = refusals(error)
  const submit = ({ items, ...answers }: Answers) =>
    run(async () => {
      const its = answers.history === 'present' ? (items ?? of.items) : []
      const made = await triage.correct(of.id, { ...answers, items: its, clinic: of.clinic, fact })
      close()
      done({ what: w.t('tri.correct'), take: () => triage.takeBack(of.id, made.fact) })
    })
  return (
    <Form
      form={form}
      name={`correct_${of.id}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      initialValues={of}
      onFinish={submit}
    >
      <Form.Item name="temp_c" label={w.t('tri.temp')} {...told('temp_c')}>
        <InputNumber min={30} max={45} step={0.1} autoFocus />
      </Form.Item>
      <Form.Item name="symptoms" label={w.t('tri.symptoms')} {...told('symptoms')}>
        <Select mode="multiple" options={terms.symptoms.map((one) => ({ value: one.code, label: w.name(one) }))} />
      </Form.Item>
      <Form.Item name="history" label={w.t('tri.history')} {...told('history')}>
        <Radio.Group options={HISTORY.map((value) => ({ value, label: w.t(`tri.history.${value}`) }))} />
      </Form.Item>
      {history === 'present' && (
        <Form.Item name="items" label={w.t('tri.items')} {...told('items')}>
          <Checkbox.Group options={terms.items.map((one) => ({ value: one.code, label: w.name(one) }))} />
        </Form.Item>
      )}
      <Form.Item name="way" label={w.t('tri.way')} {...told('way')}>
        <Radio.Group options={WAYS.map((value) => ({ value, label: w.t(`tri.way.${value}`) }))} />
      </Form.Item>
      <Form.Item name="came" label={w.t('tri.came')} {...told('came')}>
        <Select options={CAME.map((value) => ({ value, label: w.t(`tri.came.${value}`) }))} />
      </Form.Item>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('tri.correct.go')}
        </Button>
        <Button onClick={close}>{w.t('ways.cancel')}</Button>
      </div>
    </Form>
  )
}
