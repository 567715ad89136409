import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { ApiError } from '../../api/client'
import { beWall, enrolled, signInAs } from '../../api/device'
import { Told } from '../../forms/Told'
import { Loading } from '../../parts/States'
import { useSession } from '../../session'
import '../../styles/rooms.css'
import { useSpoken } from './words'

const AGAIN_MS = 15_000

/** A wall whose session has ended: it signs in with its key, by itself, for as long as it is let in. */
export default function Returning() {
  const w = useSpoken()
  const { reload } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is a try.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const back = async () => {
      const key = await enrolled()
      if (!key) throw new ApiError('missing')
      await signInAs(key)
      await reload()
    }
    back().catch((failed: unknown) => {
      setError(failed)
      if (!refused(failed)) timer = setTimeout(() => setTurn((n) => n + 1), AGAIN_MS)
    })
    return () => clearTimeout(timer)
  }, [turn, reload])
  const leave = () => {
    beWall(false)
    reload().catch(() => undefined)
  }
  return (
    <main className="again" id="returning">
      {error === null ? <Loading /> : <Told error={error} />}
      {refused(error) && (
        <section className="card narrow">
          <h1>{w.t('wall.over.title')}</h1>
          <p>{w.t('wall.over.text')}</p>
          <Button onClick={leave}>{w.t('wall.over.leave')}</Button>
        </section>
      )}
    </main>
  )
}

/** Another try will not be let in either: the grant has ended or was taken back, or the key is gone. */
function refused(error: unknown): boolean {
  return error instanceof ApiError && ['forbidden', 'missing', 'refused'].includes(error.kind)
}
