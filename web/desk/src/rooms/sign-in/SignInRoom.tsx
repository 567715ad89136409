import { useEffect } from 'react'
import { Loading } from '../../parts/States'
import { go } from '../../route'
import { signedIn, useSession } from '../../session'
import { FirstFactor } from './FirstFactor'
import { Hats } from './Hats'
import { SignIn } from './SignIn'
import { useSpoken } from './words'

/** Signing in, step by step: who, the second factor (set up where there is none), the role. */
export default function SignInRoom() {
  const w = useSpoken()
  const { session } = useSession()
  const settled = Boolean(session && signedIn(session) && (session.appointment || session.role !== 'public'))
  const arriving = settled && location.hash === '#sign-in' && session?.second_factor !== 'needed'
  useEffect(() => {
    if (arriving) go({ room: 'home' })
  }, [arriving])
  if (!session || arriving) return <Loading />
  if (!signedIn(session)) return <SignIn />
  if (session.second_factor === 'needed') return <FirstFactor />
  return (
    <>
      <div className="heading">
        <h1>{w.t('me.hello', { name: session.signed_in_as ?? '' })}</h1>
      </div>
      <Hats />
    </>
  )
}
