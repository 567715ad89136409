import { useSession } from '../../session'
import { Hats } from './Hats'
import { FirstFactor } from './FirstFactor'
import { Ways } from './Ways'
import { useSpoken } from './words'

/** Who I am here: my roles, and how I sign in. */
export default function Me() {
  const w = useSpoken()
  const { session } = useSession()
  if (session?.second_factor === 'needed') return <FirstFactor />
  return (
    <>
      <div className="heading">
        <h1>{w.t('me.title')}</h1>
      </div>
      <Hats />
      {session?.account && <Ways />}
    </>
  )
}
