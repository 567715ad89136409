import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { mine } from '../../api/mine'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** The person's own words, kept with what is held. */
export function Statement({ again }: { again: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm<{ text: string }>()
  const { busy, error, run } = useAct()
  const [done, setDone] = useState(false)
  const submit = ({ text }: { text: string }) =>
    run(async () => {
      setDone(false)
      await mine.state(text.trim())
      form.resetFields()
      setDone(true)
      again()
    })
  return (
    <section className="card" aria-labelledby="mine-statement">
      <header>
        <h2 id="mine-statement">{w.t('mine.statement')}</h2>
      </header>
      <p className="muted">{w.t('mine.statement.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="text"
          label={w.t('mine.statement.label')}
          rules={[{ required: true, whitespace: true, message: w.t('mine.statement.needed') }]}
        >
          <Input.TextArea rows={4} maxLength={4000} />
        </Form.Item>
        <Told error={error} />
        {done && <Alert type="success" showIcon role="status" className="told" title={w.t('mine.statement.done')} />}
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('mine.statement.go')}
        </Button>
      </Form>
    </section>
  )
}
