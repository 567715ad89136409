import { Button, Form, Input, QRCode } from 'antd'
import { useState } from 'react'
import { auth } from '../../api/auth'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'
import { Wrong, type WrongWhy, wrongOf } from './Wrong'

/** An authenticator app: the code to scan, and the first six digits as proof. */
export function Totp({ done }: { done: () => void }) {
  const w = useSpoken()
  const offered = useResource('totp', auth.totp)
  const { busy, error, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const [form] = Form.useForm()
  if (offered.error) return <Failure error={offered.error} retry={offered.retry} />
  const { secret, totp_url } = offered.data?.meta ?? {}
  if (!secret || !totp_url) return offered.loading ? <Loading /> : <Wrong why={{ kind: 'over' }} />
  const submit = ({ code }: { code: string }) =>
    run(async () => {
      setWrong(null)
      const answer = await auth.setTotp(code.replace(/\s/g, ''))
      if (answer.status === 200) return done()
      setWrong(wrongOf(answer, 'code'))
      form.setFieldValue('code', '')
    })
  return (
    <div className="totp">
      <p>{w.t('factor.totp.how')}</p>
      <div className="qr" role="img" aria-label={w.t('factor.totp.qr')}>
        <QRCode
          type="svg"
          value={totp_url}
          size={188}
          bordered={false}
          color="var(--code)"
          bgColor="var(--code-paper)"
          aria-hidden
        />
      </div>
      <p className="small">
        {w.t('factor.totp.secret')}
        <code className="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item name="code" label={w.t('sign_in.code')} rules={[{ required: true, message: w.t('welcome.needed') }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" spellCheck={false} className="code-input" />
        </Form.Item>
        <Wrong why={wrong} error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {w.t('factor.totp.set')}
        </Button>
      </Form>
    </div>
  )
}
