import { Button } from 'antd'
import { useEffect } from 'react'
import { auth } from '../../api/auth'
import type { Appointment } from '../../api/types'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession, worn } from '../../session'
import '../../styles/rooms.css'
import { useSpoken } from './words'

/** In front of a page whose hat was changed in another window. The page waits behind it with all that was typed. */
export default function Moved() {
  const w = useSpoken()
  const { session, moved, reload, follow } = useSession()
  const act = useAct()
  useEffect(() => {
    document.title = `${w.t('moved.title')} · ${w.t('app.name')}`
  }, [w])
  const before = worn(session)
  const called = (hat: Appointment | null) =>
    hat
      ? w.t('hat.of', {
          role: w.name({ zh: hat.role_zh, en: hat.role_en }),
          area: w.name({ zh: hat.area_zh, en: hat.area_en }),
        })
      : ''
  return (
    <main className="again" id="moved">
      <section className="card moved">
        <header>
          <h1>{w.t('moved.title')}</h1>
          <p>{w.t('moved.text', { now: called(worn(moved)), before: called(before) })}</p>
        </header>
        <Told error={act.error} />
        {before && (
          <Button type="primary" loading={act.busy} onClick={() => act.run(() => auth.wear(before.id).then(reload))}>
            {w.t('moved.back', { hat: called(before) })}
          </Button>
        )}
        <Button onClick={follow}>{w.t('moved.on', { hat: called(worn(moved)) })}</Button>
      </section>
    </main>
  )
}
