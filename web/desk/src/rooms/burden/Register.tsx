import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { burden, type Registry } from '../../api/oversight'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { DayField } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Values {
  code: string
  zh: string
  en?: string
  basis: string
  doc_no: string
  purpose: string
  ends: string
  minutes: number
  times_a_day: number
  fields: string
}

/** A line of the fields: its code, and its name behind a space. */
function fieldsOf(text: string) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [code = '', ...name] = line.split(/\s+/)
      return { code, zh: name.join(' ') || code, en: '' }
    })
}

/** An office asks for a form: refused without basis, purpose and end. */
export function Register({ of, done }: { of: Registry; done: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const [fact, renew] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('bu.required') }]
  const submit = ({ fields, ...values }: Values) =>
    run(async () => {
      await burden.register({ ...values, en: values.en ?? '', area: of.area, fields: fieldsOf(fields), fact })
      form.resetFields()
      renew(newId())
      setOpen(false)
      setSaid(w.t('bu.made'))
      done()
    })
  return (
    <section className="card" aria-label={w.t('bu.new')}>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('bu.new')}
      </Button>
      <p role="status" className="said">
        {said}
      </p>
      {open && (
        <Form
          form={form}
          name="asked"
          layout="vertical"
          className="sub-form"
          requiredMark={false}
          onFinish={submit}
          scrollToFirstError={{ focus: true }}
        >
          <div className="fields">
            <Form.Item name="zh" label={w.t('bu.name')} rules={needed} {...told('zh')}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="en" label={w.t('bu.name.en')} {...told('en')}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="code" label={w.t('bu.code')} rules={needed} {...told('code')}>
              <Input className="mono" maxLength={32} autoComplete="off" />
            </Form.Item>
            <Form.Item name="basis" label={w.t('bu.basis')} rules={needed} {...told('basis')}>
              <Select options={of.bases.map((one) => ({ value: one.code, label: w.name(one) }))} />
            </Form.Item>
            <Form.Item name="doc_no" label={w.t('bu.doc')} rules={needed} {...told('doc_no')}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="purpose" label={w.t('bu.purpose')} rules={needed} {...told('purpose')}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="ends" label={w.t('bu.ends')} rules={needed} {...told('ends')}>
              <DayField />
            </Form.Item>
            <Form.Item name="minutes" label={w.t('bu.minutes.of')} rules={needed} {...told('minutes')}>
              <InputNumber min={1} max={480} precision={0} />
            </Form.Item>
            <Form.Item name="times_a_day" label={w.t('bu.times')} rules={needed} {...told('times_a_day')}>
              <InputNumber min={0.1} max={50} />
            </Form.Item>
          </div>
          <Form.Item
            name="fields"
            label={w.t('bu.fields.of')}
            extra={w.t('bu.fields.help')}
            rules={needed}
            {...told('fields')}
          >
            <Input.TextArea rows={4} maxLength={8000} />
          </Form.Item>
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('bu.go')}
          </Button>
        </Form>
      )}
    </section>
  )
}
