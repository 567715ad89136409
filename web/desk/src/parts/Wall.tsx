import { createContext, useContext, useEffect, useMemo } from 'react'
import { useNow } from '../forms/now'
import { useWords } from '../i18n'
import { clock } from '../moments'
import type { Change } from '../view'

/** A big screen that nobody stands before: no menu, larger type, and the numbers renew themselves. */
interface Wall {
  on: boolean
  turn: (on: boolean) => void
}

export const WallContext = createContext<Wall>({ on: false, turn: () => undefined })

export function useWall(on: boolean, change: Change): Wall {
  const wall = useMemo(
    () => ({
      on,
      turn: (to: boolean) => {
        change({ wall: to }, true)
        // Where the browser refuses the whole screen, its window is the wall.
        if (to) document.documentElement.requestFullscreen?.().catch(() => undefined)
        else if (document.fullscreenElement) void document.exitFullscreen()
      },
    }),
    [on, change],
  )
  useEffect(() => {
    document.documentElement.toggleAttribute('data-wall', on)
    if (!on) return
    const left = () => !document.fullscreenElement && wall.turn(false)
    const pressed = (e: KeyboardEvent) => e.key === 'Escape' && wall.turn(false)
    document.addEventListener('fullscreenchange', left)
    addEventListener('keydown', pressed)
    return () => {
      document.removeEventListener('fullscreenchange', left)
      removeEventListener('keydown', pressed)
    }
  }, [on, wall])
  return wall
}

export function WallButton() {
  const w = useWords()
  const { turn } = useContext(WallContext)
  return (
    <button type="button" className="wall-button" onClick={() => turn(true)} title={w.t('wall.open')}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="sr">{w.t('wall.open')}</span>
    </button>
  )
}

/** Above a page on the wall: of where, as of when, and what time it is. */
export function WallBar({ area, asOf }: { area: string; asOf: string | null }) {
  const { on } = useContext(WallContext)
  return on ? <Shown area={area} asOf={asOf} /> : null
}

function Shown({ area, asOf }: { area: string; asOf: string | null }) {
  const w = useWords()
  const { turn } = useContext(WallContext)
  const now = useNow()
  const iso = now === null ? null : new Date(now).toISOString()
  return (
    <div className="wall-bar">
      <h1>{area}</h1>
      {asOf && <p>{asOf}</p>}
      <button type="button" onClick={() => turn(false)}>
        {w.t('wall.close')}
      </button>
      {iso && (
        <time dateTime={iso}>
          {w.day(iso)} <b>{clock(iso)}</b>
        </time>
      )}
    </div>
  )
}
