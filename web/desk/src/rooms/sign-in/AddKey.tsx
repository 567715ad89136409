import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { auth } from '../../api/auth'
import { makeKey } from '../../api/webauthn'
import { useAct } from '../../forms/act'
import { useSpoken } from './words'
import { Wrong, type WrongWhy, wrongOf } from './Wrong'

/** A security key, or the device's own. `ask` is called where the server wants the password once more. */
export function AddKey({ done, ask }: { done: () => void; ask?: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const submit = ({ name }: { name: string }) =>
    run(async () => {
      setWrong(null)
      const options = await auth.newKeyOptions()
      if (options.status === 401) return ask?.()
      if (options.status !== 200) return setWrong(wrongOf(options, 'key'))
      const credential = await makeKey(options.data?.creation_options as never).catch(() => null)
      if (!credential) return setWrong({ kind: 'key' })
      const answer = await auth.addKey(name, credential)
      if (answer.status === 200) done()
      else setWrong(wrongOf(answer, 'key'))
    })
  return (
    <Form
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      initialValues={{ name: w.t('factor.key.default') }}
      className="add-key"
    >
      <p>{w.t('factor.key.how')}</p>
      <Form.Item
        name="name"
        label={w.t('factor.key.name')}
        rules={[{ required: true, message: w.t('welcome.needed') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Wrong why={wrong} error={error} />
      <Button type="primary" htmlType="submit" block loading={busy}>
        {w.t('factor.key.add')}
      </Button>
    </Form>
  )
}
