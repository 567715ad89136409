import { Button } from 'antd'
import { useState } from 'react'
import { type Answer, auth } from '../../api/auth'
import { keysWork } from '../../api/webauthn'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { AddKey } from './AddKey'
import { Codes } from './Codes'
import { Totp } from './Totp'
import { useSpoken } from './words'

/** Somebody who has a password only: one more way, then the recovery codes, then in. */
export function FirstFactor() {
  const w = useSpoken()
  const { reload } = useSession()
  const { busy, error, run } = useAct()
  const [way, setWay] = useState<'totp' | 'key'>('totp')
  const [codes, setCodes] = useState<string[] | null>(null)
  const done = () =>
    run(async () => {
      const codes = unused(await auth.recovery()) ?? unused(await auth.newRecovery())
      if (codes) setCodes(codes)
      else await reload()
    })
  if (codes)
    return (
      <section className="card narrow">
        <h1>{w.t('factor.recovery')}</h1>
        <Codes codes={codes} />
        <Told error={error} />
        <Button type="primary" block loading={busy} onClick={() => run(reload)}>
          {w.t('factor.recovery.kept')}
        </Button>
      </section>
    )
  return (
    <section className="card narrow">
      <h1>{w.t('factor.title')}</h1>
      <p className="muted">{w.t('factor.text')}</p>
      <fieldset className="ways" aria-label={w.t('factor.title')}>
        {(['totp', 'key'] as const).map((one) => (
          <Button
            key={one}
            type={one === way ? 'primary' : 'default'}
            aria-pressed={one === way}
            disabled={one === 'key' && !keysWork()}
            onClick={() => setWay(one)}
          >
            {w.t(`factor.${one}`)}
          </Button>
        ))}
      </fieldset>
      {!keysWork() && <p className="muted small">{w.t('sign_in.key.nowhere')}</p>}
      {way === 'totp' ? <Totp done={done} /> : <AddKey done={done} />}
      <Told error={error} />
    </section>
  )
}

/** The codes, where they may still be shown. */
function unused(answer: Answer): string[] | null {
  const codes = answer.data?.unused_codes
  return answer.status === 200 && Array.isArray(codes) ? codes : null
}
