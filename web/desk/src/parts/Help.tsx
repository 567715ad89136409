import { lazy, Suspense, useState } from 'react'
import { useWords } from '../i18n'
import type { Room } from '../route'
import { home, signedIn, useSession } from '../session'
import '../styles/guide.css'

const Panel = lazy(() => import('../rooms/help/Panel'))
const Dressed = lazy(() => import('./Dressed'))
const Tour = lazy(() => import('../rooms/help/Tour'))

/** What stands on this device once an account has taken or declined the tour. */
const KEPT = 'lianfang.tour.'

/** The question mark of every page. */
export function Help({ room, tour }: { room: Room; tour: () => void }) {
  const w = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="help-open" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span aria-hidden>?</span>
        <span className="sr">{w.t('help.open')}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <Panel room={room} close={() => setOpen(false)} tour={tour} />
        </Suspense>
      )}
    </>
  )
}

interface TourProps {
  room: Room
  on: boolean
  start: () => void
  end: () => void
}

/** The tour, and a quiet line that offers it where an account begins on a device for the first time. */
export function FirstTour({ room, on, start, end }: TourProps) {
  const w = useWords()
  const standing = useSession()
  const { session } = standing
  const account = session?.mode !== 'demo' && signedIn(session) ? session?.account : null
  const [declined, setDeclined] = useState(false)
  const keep = () => {
    if (account) remember(account)
    setDeclined(true)
  }
  if (on) {
    return (
      <Suspense fallback={null}>
        <Dressed>
          <Tour
            close={() => {
              keep()
              end()
            }}
          />
        </Dressed>
      </Suspense>
    )
  }
  if (!account || declined || room !== home(standing).room || remembered(account)) return null
  return (
    <p className="tour-offer">
      {w.t('tour.offer')}
      <button type="button" className="plain" onClick={start}>
        {w.t('tour.take')}
      </button>
      <button type="button" className="plain" onClick={keep}>
        {w.t('tour.decline')}
      </button>
    </p>
  )
}

function remembered(account: string): boolean {
  try {
    return localStorage.getItem(KEPT + account) !== null
  } catch {
    return true // what cannot be kept would be offered at every visit
  }
}

function remember(account: string): void {
  try {
    localStorage.setItem(KEPT + account, '1')
  } catch {
    // Storage may be forbidden; it is then not offered at all.
  }
}
