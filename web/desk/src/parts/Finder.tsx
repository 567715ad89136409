import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useWords } from '../i18n'
import { signedIn, useSession } from '../session'
import type { Change } from '../view'

const load = () => import('../rooms/palette/Palette')
const Palette = lazy(load)
/** It is fetched when the page has come to rest: whoever presses the keys types on at once. */
const AT_REST_MS = 2_000

/** The way to everything by typing: a button, and Ctrl or Command with K. */
export function Finder({ change }: { change: Change }) {
  const w = useWords()
  const { session } = useSession()
  const [open, setOpen] = useState(false)
  const present = signedIn(session)
  useEffect(() => {
    if (!present) return
    const pressed = (e: KeyboardEvent) => {
      if (e.key.toLowerCase() !== 'k' || !(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey) return
      e.preventDefault()
      setOpen((now) => !now)
    }
    addEventListener('keydown', pressed)
    const resting = setTimeout(() => load().catch(() => undefined), AT_REST_MS)
    return () => {
      removeEventListener('keydown', pressed)
      clearTimeout(resting)
    }
  }, [present])
  const close = useCallback(() => setOpen(false), [])
  if (!present) return null
  return (
    <>
      <button
        type="button"
        className="finder"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        onClick={() => setOpen(true)}
      >
        <Glass />
        <span>{w.t('find.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {open && (
        <Suspense fallback={null}>
          <Palette close={close} change={change} />
        </Suspense>
      )}
    </>
  )
}

function Glass() {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
        <circle cx="7" cy="7" r="4.6" />
        <path d="M10.6 10.6 14 14" />
      </g>
    </svg>
  )
}
