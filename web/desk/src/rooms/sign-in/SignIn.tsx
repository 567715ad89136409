import { Button, Form, Input } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/client'
import { type Answer, auth, type Flow, providerAddress } from '../../api/auth'
import { keysWork, showKey } from '../../api/webauthn'
import { useAct } from '../../forms/act'
import { useSession } from '../../session'
import { useSpoken } from './words'
import { Wrong, type WrongWhy, wrongOf } from './Wrong'

interface Props {
  /** Once somebody is in; without it the session alone is asked anew. */
  done?: () => Promise<unknown>
  heading?: ReactNode
}

/** Name and password, then the second factor. */
export function SignIn({ done, heading }: Props) {
  const { reload } = useSession()
  const [pending, setPending] = useState<Flow | null>(null)
  const arrived = done ?? reload
  useEffect(() => {
    // A provider has sent one back: the second step may wait.
    if (!fromProvider()) return
    auth.standing().then(
      (answer) => setPending((before) => before ?? secondStep(answer)),
      () => undefined,
    )
  }, [])
  return (
    <section className="card narrow sign-in">
      {heading}
      {pending ? (
        <Second flow={pending} arrived={arrived} back={() => setPending(null)} />
      ) : (
        <First titled={!heading} arrived={arrived} next={setPending} />
      )}
    </section>
  )
}

function secondStep(answer: Answer): Flow | null {
  return answer.data?.flows?.find((f) => f.id === 'mfa_authenticate' && f.is_pending) ?? null
}

interface FirstProps {
  titled: boolean
  arrived: () => Promise<unknown>
  next: (flow: Flow) => void
}

function First({ titled, arrived, next }: FirstProps) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(providerFailed() ? { kind: 'provider' } : null)
  const submit = ({ name, password }: { name: string; password: string }) =>
    run(async () => {
      setWrong(null)
      const answer = await auth.signIn(name.trim(), password)
      const flow = secondStep(answer)
      if (answer.status === 200) await arrived()
      else if (flow) next(flow)
      else setWrong(wrongOf(answer, 'password'))
    })
  return (
    <>
      {titled && <h1>{w.t('sign_in.title')}</h1>}
      <Form name="sign_in" layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item name="name" label={w.t('sign_in.name')} rules={[{ required: true, message: w.t('welcome.needed') }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={w.t('sign_in.password')}
          rules={[{ required: true, message: w.t('welcome.needed') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Wrong why={wrong} error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {w.t('sign_in.go')}
        </Button>
      </Form>
      {Boolean(session?.oidc.length) && <Providers />}
      <p className="muted small">{w.t('sign_in.help')}</p>
    </>
  )
}

/** What another organisation's sign-in leads back to, and what it leaves there when it failed. */
const BACK = 'from=provider'
const fromProvider = () => location.search.includes(BACK)
const providerFailed = () => fromProvider() && new URLSearchParams(location.search).has('error')

function Providers() {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const leave = (id: string) =>
    run(async () => {
      location.href = await providerAddress(id, 'login', `${location.origin}/?lang=${w.lang}&${BACK}#sign-in`)
    })
  return (
    <div className="providers">
      <p className="muted">{w.t('sign_in.or')}</p>
      {session?.oidc.map((one) => (
        <Button key={one.id} block onClick={() => leave(one.id)} disabled={busy}>
          {w.t('sign_in.provider', { name: one.name })}
        </Button>
      ))}
      {Boolean(error) && <Wrong why={{ kind: 'provider' }} />}
    </div>
  )
}

interface SecondProps {
  flow: Flow
  arrived: () => Promise<unknown>
  back: () => void
}

function Second({ flow, arrived, back }: SecondProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [wrong, setWrong] = useState<WrongWhy | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const types = flow.types ?? ['totp', 'recovery_codes']
  const codes = types.includes('totp') || types.includes('recovery_codes')
  useEffect(() => {
    if (!codes) heading.current?.focus()
  }, [codes])
  const settle = async (answer: Answer, kind: 'code' | 'key') => {
    if (answer.status === 200) await arrived()
    else if (answer.status === 401 && !secondStep(answer)) setWrong({ kind: 'over' })
    else setWrong(wrongOf(answer, kind))
  }
  const submit = ({ code }: { code: string }) =>
    run(async () => {
      setWrong(null)
      await settle(await auth.code(code.replace(/[\s-]/g, '')), 'code')
    })
  const touch = () =>
    run(async () => {
      setWrong(null)
      const options = await auth.keyOptions()
      if (options.status !== 200) return settle(options, 'key')
      const credential = await showKey(options.data?.request_options as never).catch(() => null)
      if (!credential) return setWrong({ kind: 'key' })
      await settle(await auth.key(credential), 'key')
    })
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.t('sign_in.second.title')}
      </h1>
      <p className="muted">{w.t('sign_in.second.text')}</p>
      {types.includes('webauthn') && (
        <Button type={codes ? 'default' : 'primary'} block onClick={touch} loading={busy} disabled={!keysWork()}>
          {w.t('sign_in.key')}
        </Button>
      )}
      {types.includes('webauthn') && !keysWork() && <p className="muted small">{w.t('sign_in.key.nowhere')}</p>}
      {codes && (
        <Form name="second" layout="vertical" onFinish={submit} requiredMark={false}>
          <Form.Item
            name="code"
            label={w.t(types.includes('recovery_codes') ? 'sign_in.code.or' : 'sign_in.code')}
            rules={[{ required: true, message: w.t('welcome.needed') }]}
          >
            <Input autoComplete="one-time-code" autoFocus spellCheck={false} className="code-input" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            {w.t('sign_in.check')}
          </Button>
        </Form>
      )}
      <Wrong why={wrong} error={error instanceof ApiError ? error : null} />
      <button type="button" className="plain" onClick={back}>
        {w.t('sign_in.back')}
      </button>
    </>
  )
}
