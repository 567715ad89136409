import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { needs, type Policy } from '../../api/isolation'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  person?: string
  categories: Policy['categories']
  done: () => void
  close: () => void
}

/** Records what somebody under observation asks for. */
export function Ask({ person, categories, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [said, setSaid] = useState('')
  const [form] = Form.useForm()
  const told = refusals(error)
  const submit = (values: { person: string; due?: string }) =>
    run(async () => {
      await needs.ask({ ...values, person: values.person.trim(), due: values.due || null, fact })
      setFact(newId())
      form.resetFields()
      setSaid(w.t('ask.done'))
      done()
    })
  const needed = { required: true, message: w.t('ask.required') }
  return (
    <section className="card" aria-label={w.t('ask.open')}>
      <h2>{w.t('ask.open')}</h2>
      <Form
        form={form}
        name="need"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid('')}
        initialValues={{ person, urgent: false, words: '' }}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item
            name="person"
            label={w.t('ask.person')}
            extra={w.t('ask.person.help')}
            rules={[{ required: true, pattern: /^\s*[0-9a-f-]{36}\s*$/, message: w.t('ask.person.bad') }]}
            {...told('person')}
          >
            <Input className="mono" maxLength={40} spellCheck={false} autoComplete="off" />
          </Form.Item>
          <Form.Item name="category" label={w.t('ask.category')} rules={[needed]} {...told('category')}>
            <Select options={categories.map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item name="due" label={w.t('ask.due')} extra={w.t('ask.due.rule')} {...told('due')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="urgent" valuePropName="checked" label=" " colon={false}>
            <Checkbox>{w.t('ask.urgent')}</Checkbox>
          </Form.Item>
          <Form.Item
            name="words"
            label={w.t('ask.words')}
            extra={w.t('ask.words.help')}
            className="wide"
            {...told('words')}
          >
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </div>
        <Told error={error} />
        <p role="status" className="said">
          {said}
        </p>
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('ask.go')}
          </Button>
          <Button onClick={close}>{w.t('ask.cancel')}</Button>
        </div>
      </Form>
    </section>
  )
}
