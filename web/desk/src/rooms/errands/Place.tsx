import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { errands, type Terms } from '../../api/errands'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  /** Whether it is a resident's own. */
  own?: boolean
  terms: Terms | null
  done: () => void
  close?: () => void
}

interface Values {
  person?: string
  category: string
  words?: string
  frail?: boolean
  hand?: boolean
}

/** An order, placed for oneself or for somebody without a telephone. */
export function Place({ own, terms, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState('')
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const submit = (values: Values) =>
    run(async () => {
      const { hand, words, frail, category } = values
      const made = await errands.place({
        id,
        person: own ? null : values.person?.trim(),
        category,
        words: words ?? '',
        frail: Boolean(frail),
        contactless: !hand,
      })
      setId(newId())
      form.resetFields()
      setSaid(w.t(made.way === 'need' ? 'place.station' : 'place.done'))
      done()
    })
  const needed = { required: true, message: w.t('place.required') }
  return (
    <section className="card" aria-label={w.t('place.title')}>
      <h2>{w.t('place.title')}</h2>
      <Form
        form={form}
        name="errand"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid('')}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          {!own && (
            <Form.Item
              name="person"
              label={w.t('place.person')}
              extra={w.t('place.person.help')}
              rules={[{ required: true, pattern: /^\s*[0-9a-f-]{36}\s*$/, message: w.t('place.person.bad') }]}
              {...told('person')}
            >
              <Input className="mono" maxLength={40} spellCheck={false} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item name="category" label={w.t('place.category')} rules={[needed]} {...told('category')}>
            <Select options={(terms?.categories ?? []).map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item
            name="words"
            label={w.t('place.words')}
            extra={w.t('place.words.help')}
            className="wide"
            {...told('words')}
          >
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
          <Form.Item name="frail" valuePropName="checked" extra={w.t('place.frail.help')} className="wide">
            <Checkbox>{w.t('place.frail')}</Checkbox>
          </Form.Item>
          <Form.Item name="hand" valuePropName="checked" className="wide">
            <Checkbox>{w.t('place.hand')}</Checkbox>
          </Form.Item>
        </div>
        <Told error={error} />
        <p role="status" className="said">
          {said}
        </p>
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('place.go')}
          </Button>
          {close && <Button onClick={close}>{w.t('place.cancel')}</Button>}
        </div>
      </Form>
    </section>
  )
}
