import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type Answer, type Authenticator, auth } from '../../api/auth'
import { useResource } from '../../api/resource'
import { keysWork } from '../../api/webauthn'
import { useAct } from '../../forms/act'
import { Failure, Loading } from '../../parts/States'
import { AddKey } from './AddKey'
import { Codes } from './Codes'
import { PasswordForm } from './PasswordForm'
import { Places } from './Places'
import { Totp } from './Totp'
import { useSpoken } from './words'
import { Wrong, type WrongWhy, wrongOf } from './Wrong'

/** How I sign in: app, keys, recovery codes, password. */
export function Ways() {
  const w = useSpoken()
  const factors = useResource('factors', auth.factors, 'keep')
  const [asked, setAsked] = useState(false)
  const list = (factors.data?.data ?? []) as unknown as Authenticator[]
  const of = (type: Authenticator['type']) => list.filter((a) => a.type === type)
  const common = { again: factors.retry, ask: () => setAsked(true) }
  return (
    <section className="card" aria-labelledby="ways-title">
      <header>
        <h2 id="ways-title">{w.t('me.ways')}</h2>
      </header>
      {factors.error && <Failure error={factors.error} retry={factors.retry} />}
      {!factors.data && factors.loading && <Loading />}
      {asked && <Reauthenticate done={() => setAsked(false)} />}
      {factors.data && (
        <div className="factors" hidden={asked}>
          <App2fa set={of('totp').length > 0} {...common} />
          <Keys keys={of('webauthn')} {...common} />
          <Recovery codes={of('recovery_codes')[0]} {...common} />
          <PasswordForm />
          <Places />
        </div>
      )}
    </section>
  )
}

interface Part {
  /** The list has changed. */
  again: () => void
  /** The server wants the password once more. */
  ask: () => void
}

function App2fa({ set, again }: { set: boolean } & Part) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  return (
    <section>
      <h3>{w.t('factor.totp')}</h3>
      {set && <p className="muted">{w.t('factor.totp.is_set')}</p>}
      {!set && !open && <Button onClick={() => setOpen(true)}>{w.t('factor.totp.set')}</Button>}
      {!set && open && <Totp done={again} />}
    </section>
  )
}

function Keys({ keys, again, ask }: { keys: Authenticator[] } & Part) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const { busy, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const remove = (id: number) =>
    run(async () => {
      const answer = await auth.removeKey(id)
      if (answer.status === 401) ask()
      else if (answer.status === 200) again()
      else setWrong(wrongOf(answer, 'key'))
    })
  const added = () => {
    setOpen(false)
    again()
  }
  return (
    <section>
      <h3>{w.t('factor.key')}</h3>
      <ul className="keys">
        {keys.map((key) => (
          <li key={key.id}>
            <span>
              {key.name}{' '}
              <small className="muted">
                {w.t('factor.key.since', { date: w.day(new Date(key.created_at * 1000).toISOString()) })}
              </small>
            </span>
            <Button size="small" disabled={busy} onClick={() => remove(key.id as number)}>
              {w.t('factor.key.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <Wrong why={wrong} />
      {!keysWork() && <p className="muted small">{w.t('sign_in.key.nowhere')}</p>}
      {keysWork() && !open && <Button onClick={() => setOpen(true)}>{w.t('factor.key.add')}</Button>}
      {open && <AddKey done={added} ask={ask} />}
    </section>
  )
}

function Recovery({ codes, again, ask }: { codes: Authenticator | undefined } & Part) {
  const w = useSpoken()
  const { modal } = App.useApp()
  const { busy, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const [shown, setShown] = useState<string[] | null>(null)
  const take = (answer: Answer) => {
    if (answer.status === 401) return ask()
    const made = answer.data?.unused_codes
    if (answer.status !== 200 || !Array.isArray(made)) return setWrong(wrongOf(answer, 'key'))
    setShown(made)
    again()
  }
  const make = () =>
    modal.confirm({
      title: w.t('factor.recovery.new'),
      content: w.t('factor.recovery.new.sure'),
      okText: w.t('factor.recovery.new'),
      onOk: () => run(async () => take(await auth.newRecovery())),
    })
  return (
    <section>
      <h3>{w.t('factor.recovery')}</h3>
      <p className="muted">
        {codes ? w.t('factor.recovery.left', { n: codes.unused_code_count ?? 0 }) : w.t('factor.recovery.none')}
      </p>
      {shown && <Codes codes={shown} />}
      <Wrong why={wrong} />
      {!shown && (
        <Button onClick={make} loading={busy}>
          {w.t('factor.recovery.new')}
        </Button>
      )}
    </section>
  )
}

/** The password once more, before a way to sign in is changed. */
function Reauthenticate({ done }: { done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const submit = ({ password }: { password: string }) =>
    run(async () => {
      setWrong(null)
      const answer = await auth.again(password)
      if (answer.status === 200) done()
      else setWrong(wrongOf(answer, 'password'))
    })
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false} className="narrow-form">
      <h3>{w.t('factor.reauth')}</h3>
      <p className="muted">{w.t('factor.reauth.text')}</p>
      <Form.Item
        name="password"
        label={w.t('sign_in.password')}
        rules={[{ required: true, message: w.t('welcome.needed') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Wrong why={wrong} error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('factor.reauth.go')}
      </Button>
    </Form>
  )
}
