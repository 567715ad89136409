import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { type Answer, auth, type Flow, providerAddress } from '../../../desk/src/api/auth'
import type { Session } from '../../../desk/src/api/types'
import { keysWork, showKey } from '../../../desk/src/api/webauthn'
import { type Key, useWords } from '../i18n'
import { TextField, Wrong } from './parts'
import { told } from './told'

interface Props {
  session: Session
  arrived: () => Promise<unknown>
}

function secondStep(answer: Answer): Flow | null {
  return answer.data?.flows?.find((f) => f.id === 'mfa_authenticate' && f.is_pending) ?? null
}

/** Name and password, or another organisation's sign-in; then the second factor. */
export function SignIn({ session, arrived }: Props) {
  const w = useWords()
  const [flow, setFlow] = useState<Flow | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    // Another organisation's sign-in has sent one back: the second step may wait.
    auth.standing().then(
      (answer) => setFlow((before) => before ?? secondStep(answer)),
      () => undefined,
    )
  }, [])
  const run = async (step: () => Promise<Answer | null>, otherwise: Key) => {
    setBusy(true)
    setWrong(null)
    try {
      const answer = await step()
      const next = answer && secondStep(answer)
      if (answer?.status === 200) await arrived()
      else if (answer?.status === 401 && next && !flow) setFlow(next)
      else setWrong(w.t(answer?.status === 429 ? 'setup.wrong.many' : otherwise))
    } catch (error) {
      setWrong(told(error, w))
    }
    setBusy(false)
  }
  return (
    <>
      {flow ? <Second flow={flow} busy={busy} run={run} /> : <First busy={busy} run={run} />}
      <Wrong text={wrong} />
      {!flow &&
        session.oidc.map(({ id, name }) => (
          <Button
            key={id}
            block
            onClick={() =>
              run(async () => {
                location.href = await providerAddress(id, 'login', `${location.origin}${import.meta.env.BASE_URL}`)
                return null
              }, 'setup.wrong')
            }
          >
            {w.t('setup.provider', { name })}
          </Button>
        ))}
    </>
  )
}

interface StepProps {
  busy: boolean
  run: (step: () => Promise<Answer | null>, otherwise: Key) => Promise<void>
}

function First({ busy, run }: StepProps) {
  const w = useWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        run(() => auth.signIn(name.trim(), password), 'setup.wrong')
      }}
    >
      <p className="muted">{w.t('setup.text')}</p>
      <TextField label={w.t('setup.user')} value={name} onChange={setName} complete="username" />
      <TextField
        label={w.t('setup.password')}
        type="password"
        value={password}
        onChange={setPassword}
        complete="current-password"
      />
      <Button type="submit" block color="primary" size="large" loading={busy} disabled={!name || !password}>
        {w.t('setup.go')}
      </Button>
    </form>
  )
}

function Second({ flow, busy, run }: StepProps & { flow: Flow }) {
  const w = useWords()
  const [code, setCode] = useState('')
  const types = flow.types ?? ['totp', 'recovery_codes']
  const touch = async () => {
    const options = await auth.keyOptions()
    if (options.status !== 200) return options
    const credential = await showKey(options.data?.request_options as never).catch(() => null)
    return credential ? auth.key(credential) : null
  }
  return (
    <>
      {types.includes('webauthn') && keysWork() && (
        <Button block color="primary" fill="outline" loading={busy} onClick={() => run(touch, 'setup.wrong.key')}>
          {w.t('setup.key')}
        </Button>
      )}
      <form
        onSubmit={(e) => {
          e.preventDefault()
          run(() => auth.code(code.replace(/[\s-]/g, '')), 'setup.wrong.code')
        }}
      >
        <TextField label={w.t('setup.code')} value={code} onChange={setCode} complete="one-time-code" autoFocus />
        <Button type="submit" block color="primary" size="large" loading={busy} disabled={!code}>
          {w.t('setup.check')}
        </Button>
      </form>
    </>
  )
}
