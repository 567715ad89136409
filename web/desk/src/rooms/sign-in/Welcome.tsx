import { Button, Form, Input } from 'antd'
import { auth, type Meant } from '../../api/auth'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Loading } from '../../parts/States'
import { go } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

const SHORTEST = 12

interface Values {
  username?: string
  display_name?: string
  password: string
}

/** Opened by a one-time link: a password, and for the first administrator a name. */
export default function Welcome({ token }: { token: string }) {
  const w = useSpoken()
  const meant = useResource(token ? 'meant' : null, (signal) => auth.meant(token, signal))
  if (!token) return <NoToken />
  if (meant.loading) return <Loading />
  if (meant.error || !meant.data)
    return (
      <section className="card narrow">
        <h1>{w.t('welcome.title')}</h1>
        <Told error={meant.error} />
      </section>
    )
  return <SetPassword token={token} meant={meant.data} />
}

function SetPassword({ token, meant }: { token: string; meant: Meant }) {
  const w = useSpoken()
  const { reload } = useSession()
  const { busy, error, run } = useAct()
  const named = meant.purpose === 'first_admin'
  const submit = ({ username, display_name, password }: Values) =>
    run(async () => {
      await auth.welcome({ token, password, ...(named ? { username, display_name } : {}) })
      await reload()
      go({ room: 'sign-in' })
    })
  return (
    <section className="card narrow">
      <h1>{w.t('welcome.title')}</h1>
      {meant.display_name && <p>{w.t('welcome.for', { name: meant.display_name, username: meant.username ?? '' })}</p>}
      <p className="muted">{w.t('welcome.text', { time: w.stamp(meant.expires) })}</p>
      <Form layout="vertical" onFinish={submit} requiredMark={false}>
        {named && <NameFields />}
        {!named && <input type="hidden" autoComplete="username" value={meant.username ?? ''} readOnly />}
        <NewPasswordFields />
        <Told error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {w.t('welcome.set')}
        </Button>
      </Form>
    </section>
  )
}

function NameFields() {
  const w = useSpoken()
  const needed = { required: true, whitespace: true, message: w.t('welcome.needed') }
  return (
    <>
      <Form.Item name="username" label={w.t('welcome.name')} rules={[needed]}>
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} autoFocus />
      </Form.Item>
      <Form.Item name="display_name" label={w.t('welcome.display')} rules={[needed]}>
        <Input autoComplete="name" maxLength={64} />
      </Form.Item>
    </>
  )
}

function NewPasswordFields() {
  const w = useSpoken()
  const form = Form.useFormInstance()
  const needed = { required: true, message: w.t('welcome.needed') }
  const same = {
    validator: (_: unknown, value?: string) =>
      !value || value === form.getFieldValue('password')
        ? Promise.resolve()
        : Promise.reject(new Error(w.t('welcome.differs'))),
  }
  return (
    <>
      <Form.Item
        name="password"
        label={w.t('welcome.password')}
        validateTrigger={['onBlur', 'onSubmit']}
        rules={[needed, { min: SHORTEST, message: w.t('welcome.short') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={w.t('welcome.repeat')}
        dependencies={['password']}
        validateTrigger={['onBlur', 'onSubmit']}
        rules={[needed, same]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}

function NoToken() {
  const w = useSpoken()
  return (
    <section className="card narrow state">
      <h1>{w.t('welcome.none.title')}</h1>
      <p className="muted">{w.t('welcome.none.text')}</p>
    </section>
  )
}
