import Button from 'antd-mobile/es/components/button'
import { useCallback, useEffect, useState } from 'react'
import { auth } from '../../../desk/src/api/auth'
import { enrol, enrolled } from '../../../desk/src/api/device'
import type { Appointment, Session } from '../../../desk/src/api/types'
import { type Lang, useWords } from '../i18n'
import { useRoute } from '../route'
import type { FieldDb } from '../store/db'
import { takeBallast } from '../store/full'
import { CARRIES } from '../store/errand'
import { INSPECTS } from '../store/inspection'
import { AT_POSTS, type Phone, setUp } from '../store/phone'
import { chance } from '../store/seal'
import { meet, whoOf } from '../sync/server'
import { LangButton, Plain, Wrong } from './parts'
import { PinForm } from './PinForm'
import { SignIn } from './SignIn'
import { told } from './told'

interface Props {
  db: FieldDb
  done: (phone: Phone) => void
  change: (lang: Lang) => void
}

/** A new phone: enrolled by a code or signed in, then locked with a PIN. Needs the network once. */
export default function Setup({ db, done, change }: Props) {
  const w = useWords()
  const [session, setSession] = useState<Session | null>(null)
  const [error, setError] = useState<string | null>(null)
  const look = useCallback(async () => {
    setError(null)
    try {
      setSession((await meet(db)).session)
    } catch (failed) {
      setError(told(failed, w))
    }
  }, [db, w])
  useEffect(() => {
    look()
  }, [look])
  return (
    <Plain title={w.t('setup.title')}>
      {session ? (
        <Step session={session} look={look} db={db} done={done} />
      ) : (
        <>
          <Wrong text={error} />
          {error && (
            <Button block color="primary" onClick={look}>
              {w.t('again')}
            </Button>
          )}
        </>
      )}
      <div className="links">
        <LangButton change={change} />
      </div>
    </Plain>
  )
}

interface StepProps {
  session: Session
  look: () => Promise<void>
  db: FieldDb
  done: (phone: Phone) => void
}

function Step({ session, look, db, done }: StepProps) {
  const w = useWords()
  const { at } = useRoute()
  const asked = new URLSearchParams(at)
  const code = asked.get('enrol') ?? ''
  const trusted = useTrusted()
  const who = whoOf(session)
  const hats = session.appointments ?? []
  const [chosen, choose] = useState(Boolean(session.device) || hats.length < 2)
  if (!trusted) return <Trust fingerprint={asked.get('trust')} />
  if (code && !session.device) return <Enrol code={code} look={look} />
  if (session.second_factor === 'needed')
    return (
      <>
        <p>{w.t('setup.factor')}</p>
        <a className="button" href="/#sign-in">
          {w.t('setup.factor.go')}
        </a>
      </>
    )
  if (hats.length && !(who && chosen))
    return <Hats hats={hats} session={session} chosen={() => choose(true)} look={look} />
  if (!who) return <SignIn session={session} arrived={look} />
  const finish = async (pin: string) => {
    const key = await enrolled()
    const device = key?.device ?? `phone-${Array.from(chance(8), (b) => b.toString(16).padStart(2, '0')).join('')}`
    const phone = await setUp(db, pin, who, device)
    await navigator.storage?.persist?.().catch(() => false)
    await takeBallast(db)
    history.replaceState(null, '', '#/')
    done(phone)
  }
  return <PinForm button={w.t('pin.set')} act={finish} />
}

/** A browser that does not trust the server's certificate keeps no app of it: it would not open without a network. */
function useTrusted(): boolean {
  const [trusted, setTrusted] = useState(true)
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
    navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`).catch((error: Error) => {
      if (error.name === 'SecurityError') setTrusted(false)
    })
  }, [])
  return trusted
}

/** How a phone comes to trust an office's own certificate. */
function Trust({ fingerprint }: { fingerprint: string | null }) {
  const w = useWords()
  return (
    <>
      <Wrong text={w.t('trust.title')} />
      <ol>
        <li>
          <a href={`${import.meta.env.BASE_URL}root.crt`}>{w.t('trust.fetch')}</a>
        </li>
        <li>{w.t('trust.install')}</li>
        <li>
          {w.t('trust.compare')} {fingerprint && <code className="fingerprint">{fingerprint}</code>}
        </li>
        <li>{w.t('trust.again')}</li>
      </ol>
    </>
  )
}

function Enrol({ code, look }: { code: string; look: () => Promise<void> }) {
  const w = useWords()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const go = async () => {
    setBusy(true)
    setWrong(null)
    try {
      await enrol(code)
      history.replaceState(null, '', '#/')
      await look()
    } catch (error) {
      setWrong(told(error, w))
    }
    setBusy(false)
  }
  return (
    <>
      <p className="muted">{w.t('setup.enrol.text')}</p>
      <Wrong text={wrong} />
      <Button block color="primary" size="large" loading={busy} onClick={go}>
        {w.t('setup.enrol')}
      </Button>
    </>
  )
}

const AT_DOORS = 'grid_worker'

interface HatsProps {
  hats: Appointment[]
  session: Session
  chosen: () => void
  look: () => Promise<void>
}

/** Which appointment the phone is for. In a demonstration, those who work with a phone come first. */
function Hats({ hats, session, chosen, look }: HatsProps) {
  const w = useWords()
  const [wrong, setWrong] = useState<string | null>(null)
  const wear = async (id: string) => {
    try {
      if (id !== session.appointment) await auth.wear(id)
      await look()
      chosen()
    } catch (error) {
      setWrong(told(error, w))
    }
  }
  const own = (hat: Appointment) => Number(![AT_DOORS, AT_POSTS, CARRIES, INSPECTS].includes(hat.role))
  return (
    <section>
      <h2>{w.t('setup.hat')}</h2>
      <Wrong text={wrong} />
      <ul className="hats">
        {[...hats]
          .sort((a, b) => own(a) - own(b))
          .map((hat) => (
            <li key={hat.id}>
              <button type="button" onClick={() => wear(hat.id)}>
                <strong>{w.lang === 'zh' ? hat.role_zh : hat.role_en}</strong>
                <small>{w.lang === 'zh' ? hat.area_zh : hat.area_en}</small>
              </button>
            </li>
          ))}
      </ul>
    </section>
  )
}
