import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { ApiError } from '../../../desk/src/api/client'
import type { Session } from '../../../desk/src/api/types'
import { useField } from '../field'
import { type Lang, useWords } from '../i18n'
import { changePin, destroy } from '../store/phone'
import { Another, meet, signOut } from '../sync/server'
import { LangButton } from './parts'
import { Sure } from './Sure'
import { PinForm } from './PinForm'
import { SignIn } from './SignIn'

/** The phone itself: whose it is, its PIN, its room, the way out. */
export default function More({ change }: { change: (lang: Lang) => void }) {
  const w = useWords()
  const { phone, bundle, counts, sync, lock, syncNow } = useField()
  const [pin, setPin] = useState<'closed' | 'open' | 'done'>('closed')
  const waiting = counts.waiting + counts.behind
  const signedOut =
    sync.error instanceof Another || (sync.error instanceof ApiError && sync.error.kind === 'signed_out')
  const leave = async () => {
    await signOut().catch(() => undefined)
    await destroy(phone.db)
    location.replace(import.meta.env.BASE_URL)
    location.reload()
  }
  return (
    <main className="more">
      <h1>{phone.who.name}</h1>
      {signedOut && <Again arrived={syncNow} />}
      <Button block fill="outline" onClick={lock}>
        {w.t('more.lock')}
      </Button>
      {pin === 'open' ? (
        <PinForm
          old
          button={w.t('pin.change')}
          act={async (next, old) => {
            await changePin(phone, old, next)
            setPin('done')
          }}
        />
      ) : (
        <Button block fill="outline" onClick={() => setPin('open')}>
          {w.t('pin.change')}
        </Button>
      )}
      {pin === 'done' && <p role="status">{w.t('pin.changed')}</p>}
      <LangButton change={change} />
      <h2>{w.t('more.install')}</h2>
      <p className="muted">{w.t('more.install.how')}</p>
      <Room />
      {bundle && <p className="muted">{w.t('more.version', { version: bundle.version })}</p>}
      {waiting > 0 && <p className="muted">{w.t('more.leave.not', { n: waiting })}</p>}
      <Sure
        danger
        disabled={waiting > 0}
        button={w.t('more.leave')}
        asked={w.t('more.leave')}
        yes={w.t('more.leave')}
        act={leave}
      />
    </main>
  )
}

/** The session is over: the phone's own key signs in by itself, an account's owner does it here. */
function Again({ arrived }: { arrived: () => Promise<void> }) {
  const w = useWords()
  const { phone } = useField()
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    meet(phone.db).then(
      (told) => setSession(told.session),
      () => undefined,
    )
  }, [phone])
  if (!session) return null
  return (
    <section>
      <h2>{w.t('out.signin')}</h2>
      <SignIn session={session} arrived={arrived} />
    </section>
  )
}

function Room() {
  const w = useWords()
  const [used, setUsed] = useState<number | null>(null)
  const [persisted, setPersisted] = useState(true)
  useEffect(() => {
    navigator.storage?.estimate?.().then(({ usage }) => setUsed(Math.round((usage ?? 0) / 100_000) / 10))
    navigator.storage?.persisted?.().then(setPersisted)
  }, [])
  return (
    <>
      {!persisted && <p className="notice">{w.t('more.persist')}</p>}
      {used !== null && <p className="muted">{w.t('more.storage', { used })}</p>}
    </>
  )
}
