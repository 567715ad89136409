import { Alert, Button } from 'antd'
import { beWall, enrol, enrolled, signInAs } from '../../api/device'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** Opened by the code that an administrator shows, on the device that is to be enrolled; later the device's own door. */
export default function Enrol({ code }: { code: string }) {
  const w = useSpoken()
  const { session, reload } = useSession()
  const kept = useResource('device-key', async () => (await enrolled()) ?? null)
  const { busy, error, run } = useAct()
  const act = () =>
    run(async () => {
      if (code) await enrol(code)
      const key = await enrolled()
      if (key) await signInAs(key)
      const now = await reload()
      if (now?.role !== 'wall') return
      beWall(true)
      const address = new URLSearchParams(location.search)
      address.set('wall', '1')
      location.assign(`?${address}#situation`)
    })
  const possible = Boolean(code || kept.data)
  return (
    <section className="card narrow">
      <h1>{w.t('enrol.title')}</h1>
      {session?.device ? (
        <Alert type="success" showIcon role="status" title={w.t('enrol.done')} />
      ) : (
        <>
          <p className="muted">{w.t(!code && kept.data ? 'enrol.known' : 'enrol.text')}</p>
          {!possible && !kept.loading && <Alert type="warning" showIcon title={w.t('enrol.none')} />}
          <Told error={error} />
          {possible && (
            <Button type="primary" block loading={busy} onClick={act}>
              {w.t(code ? 'enrol.go' : 'enrol.again')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
