import { useEffect, useState } from 'react'
import { auth } from '../../api/auth'
import { go } from '../../route'
import { useSession } from '../../session'
import '../../styles/rooms.css'
import { SignIn } from './SignIn'
import { useSpoken } from './words'

/** In front of a page whose session has ended. The page waits behind it, out of sight, with all that was typed. */
export default function Again() {
  const w = useSpoken()
  const { session, reload } = useSession()
  const [before] = useState(() => ({ account: session?.account, appointment: session?.appointment }))
  useEffect(() => {
    document.title = `${w.t('again.title')} · ${w.t('app.name')}`
  }, [w])
  const done = async () => {
    if (before.appointment) await auth.wear(before.appointment).catch(() => undefined)
    await reload()
  }
  const leave = async () => {
    await reload()
    go({ room: 'home' })
  }
  return (
    <main className="again" id="again">
      <SignIn
        done={done}
        heading={
          <header>
            <h1>{w.t('again.title')}</h1>
            <p>{w.t('again.text')}</p>
            <p className="muted small">{w.t('again.other')}</p>
          </header>
        }
      />
      <button type="button" className="plain" onClick={() => leave().catch(() => undefined)}>
        {w.t('again.leave')}
      </button>
    </main>
  )
}
