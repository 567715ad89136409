import { Button } from 'antd'
import { useState } from 'react'
import { auth } from '../../api/auth'
import type { Appointment } from '../../api/types'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { go } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** The roles that one may take, each over its area. */
export function Hats() {
  const w = useSpoken()
  const { session, reload } = useSession()
  const { busy, error, run } = useAct()
  const [chosen, setChosen] = useState<string | null>(null)
  if (!session) return null
  const wear = (id: string) => {
    setChosen(id)
    run(async () => {
      await auth.wear(id)
      await reload()
      if (location.hash === '#sign-in') go({ room: 'home' })
    })
  }
  return (
    <section className="card" aria-labelledby="hats-title">
      <header>
        <h2 id="hats-title">{w.t('me.hats')}</h2>
        <p className="muted">{w.t(session.mode === 'demo' ? 'me.hats.demo' : 'me.hats.text')}</p>
      </header>
      <Told error={error} />
      {session.appointments.length === 0 && <NoHat />}
      <ul className="hats">
        {session.appointments.map((hat) => (
          <Hat
            key={hat.id}
            hat={hat}
            worn={hat.id === session.appointment}
            busy={busy && chosen === hat.id}
            wear={() => wear(hat.id)}
          />
        ))}
      </ul>
    </section>
  )
}

interface HatProps {
  hat: Appointment
  worn: boolean
  busy: boolean
  wear: () => void
}

function Hat({ hat, worn, busy, wear }: HatProps) {
  const w = useSpoken()
  const title = w.lang === 'zh' ? hat.role_zh : hat.role_en
  const area = w.lang === 'zh' ? hat.area_zh : hat.area_en
  return (
    <li className={worn ? 'worn' : undefined}>
      <span>
        <strong>{title}</strong>
        <small>
          {area}
          {hat.until && <> · {w.t('me.hats.until', { date: w.day(hat.until) })}</>}
        </small>
      </span>
      {worn ? (
        <span className="tag">{w.t('me.hats.now')}</span>
      ) : (
        <Button onClick={wear} loading={busy} aria-label={`${w.t('me.hats.use')}: ${title}, ${area}`}>
          {w.t('me.hats.use')}
        </Button>
      )}
    </li>
  )
}

function NoHat() {
  const w = useSpoken()
  return (
    <>
      <h3>{w.t('me.hats.none.title')}</h3>
      <p className="muted">{w.t('me.hats.none.text')}</p>
    </>
  )
}
