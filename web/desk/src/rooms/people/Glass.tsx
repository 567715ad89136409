import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useSpoken } from './words'

interface Props {
  /** Above the button that opens the form. */
  lead?: string
  busy: boolean
  look: (reason: string) => void
}

/** Looking beyond the role: only with a reason, and never by one press alone. */
export function GlassForm({ lead, busy, look }: Props) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <p className="glass-door">
        {lead && <span>{lead}</span>}
        <Button danger onClick={() => setOpen(true)}>
          {w.t('glass.open')}
        </Button>
      </p>
    )
  return (
    <section className="glass" aria-labelledby="glass-title">
      <h3 id="glass-title">{w.t('glass.title')}</h3>
      <Alert type="warning" showIcon title={w.t('glass.text')} />
      <Form layout="vertical" requiredMark={false} onFinish={({ reason }) => look(reason.trim())}>
        <Form.Item
          name="reason"
          label={w.t('glass.reason')}
          rules={[{ required: true, whitespace: true, min: 6, message: w.t('glass.short') }]}
        >
          <Input.TextArea rows={3} maxLength={1000} autoFocus />
        </Form.Item>
        <div className="actions">
          <Button type="primary" danger htmlType="submit" loading={busy}>
            {w.t('glass.go')}
          </Button>
          <Button onClick={() => setOpen(false)}>{w.t('glass.cancel')}</Button>
        </div>
      </Form>
    </section>
  )
}
