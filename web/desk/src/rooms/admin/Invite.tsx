import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { accounts, type Link } from '../../api/accounts'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { LinkShown } from './LinkFor'
import { useSpoken } from './words'

interface Values {
  username: string
  display_name: string
  area: string
}

/** A new account and its one-time link. */
export function Invite({ again }: { again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<{ name: string; link: Link } | null>(null)
  const submit = (values: Values) =>
    run(async () => {
      const account = await accounts.make({ ...values, username: values.username.trim() })
      again()
      setMade({ name: account.display_name, link: await accounts.link(account.id, false) })
      setOpen(false)
      form.resetFields()
    })
  const needed = { required: true, whitespace: true, message: w.t('accounts.needed') }
  return (
    <section className="card" aria-label={w.t('accounts.new')}>
      <div className="opening">
        <p className="muted">{w.t('accounts.new.text')}</p>
        {!open && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {w.t('accounts.new')}
          </Button>
        )}
      </div>
      {made && <LinkShown name={made.name} link={made.link} />}
      {open && (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          autoComplete="off"
          onFinish={submit}
          initialValues={{ area: session?.area }}
        >
          <div className="fields">
            <Form.Item name="username" label={w.t('accounts.username')} rules={[needed]}>
              <Input maxLength={64} spellCheck={false} autoCapitalize="none" autoFocus />
            </Form.Item>
            <Form.Item name="display_name" label={w.t('accounts.display')} rules={[needed]}>
              <Input maxLength={64} />
            </Form.Item>
            <Form.Item name="area" label={w.t('accounts.area')} className="wide">
              <AreaField top={session?.area ?? ''} label={w.t('accounts.area')} />
            </Form.Item>
          </div>
          <Told error={error} />
          <div className="actions">
            <Button type="primary" htmlType="submit" loading={busy}>
              {w.t('accounts.make')}
            </Button>
            <Button onClick={() => setOpen(false)}>{w.t('accounts.cancel')}</Button>
          </div>
        </Form>
      )}
    </section>
  )
}
