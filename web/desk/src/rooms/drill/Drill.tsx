import '../../styles/tasks.css'
import '../../styles/coverage.css'
import '../../styles/drill.css'
import { useEffect, useState } from 'react'
import { auth } from '../../api/auth'
import { type Board, drill } from '../../api/drill'
import { useResource } from '../../api/resource'
import { ApiError } from '../../api/client'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Course } from './Course'
import { Injects } from './Injects'
import { Reviewing } from './Reviewing'
import { useSpoken } from './words'

/** How often the page asks how far a drill is. */
const ASKED_MS = 3_000

/** A drill as its trainer directs it. `secret` is the key to the trainer's hat, from the link that the command printed. */
export default function Drill({ secret }: { secret: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const trains = may('drills.train')
  return (
    <>
      <div className="heading">
        <h1>{w.t('drill.title')}</h1>
        <p className="muted">{w.t('drill.text')}</p>
      </div>
      {trains && <Directing />}
      {!trains && secret && <Entering secret={secret} />}
      {!trains && !secret && <Empty title={w.t('drill.key.title')} text={w.t('drill.key.text')} />}
    </>
  )
}

/** Puts on the trainer's hat. */
function Entering({ secret }: { secret: string }) {
  const { reload } = useSession()
  const w = useSpoken()
  const { error, run } = useAct()
  useEffect(() => {
    run(() => auth.wear(secret).then(reload))
  }, [secret, reload, run])
  if (error instanceof ApiError && error.kind === 'missing')
    return <Empty title={w.t('drill.key.wrong')} text={w.t('drill.key.text')} />
  return error ? <Told error={error} /> : <Loading />
}

function Directing() {
  const asked = useResource('drill', drill.board, 'keep')
  const [told, setTold] = useState<Board | null>(null)
  const { data, retry } = asked
  useEffect(() => setTold(data), [data])
  const { reload } = useSession()
  const above = told && `${told.day} ${told.state}`
  useEffect(() => {
    if (above) reload().catch(() => undefined) // the line above the page tells it too
  }, [above, reload])
  const still = told?.state === 'over' && (!told.making || told.making.failed)
  useEffect(() => {
    if (still) return
    const asking = setInterval(retry, ASKED_MS)
    return () => clearInterval(asking)
  }, [still, retry])
  if (!told) return asked.error ? <Failure error={asked.error} retry={retry} /> : <Loading />
  return (
    <>
      {asked.error && <Failure error={asked.error} retry={retry} />}
      <Course of={told} set={setTold} />
      <Injects of={told} set={setTold} />
      <Reviewing of={told} set={setTold} />
    </>
  )
}
