import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { auth } from '../../api/auth'
import { useAct } from '../../forms/act'
import { useSpoken } from './words'
import { Wrong, type WrongWhy, wrongOf } from './Wrong'

interface Values {
  now: string
  next: string
}

export function PasswordForm() {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState(false)
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const submit = ({ now, next }: Values) =>
    run(async () => {
      setWrong(null)
      const answer = await auth.password(now, next)
      if (answer.status !== 200) {
        const first = answer.errors?.[0]
        return setWrong(first ? { kind: 'other', detail: first.message } : wrongOf(answer, 'password'))
      }
      form.resetFields()
      setOpen(false)
      setDone(true)
    })
  const needed = { required: true, message: w.t('welcome.needed') }
  return (
    <section>
      <h3>{w.t('factor.password')}</h3>
      {done && <Alert type="success" showIcon title={w.t('factor.password.done')} role="status" />}
      {!open && <Button onClick={() => setOpen(true)}>{w.t('factor.password.save')}</Button>}
      {open && (
        <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} className="narrow-form">
          <Form.Item name="now" label={w.t('factor.password.now')} rules={[needed]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="next"
            label={w.t('welcome.password')}
            rules={[needed, { min: 12, message: w.t('welcome.short') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Wrong why={wrong} error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('factor.password.save')}
          </Button>
        </Form>
      )}
    </section>
  )
}
