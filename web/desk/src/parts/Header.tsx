import { type ReactNode, useState } from 'react'
import type { Lang } from '../api/types'
import { useWords } from '../i18n'
import type { Room } from '../route'
import type { View } from '../view'
import { Banner } from './Banner'
import { Choice } from './Choice'
import { Finder } from './Finder'
import { FirstTour, Help } from './Help'
import { LookChoice } from './LookChoice'
import { Menu } from './Menu'
import { WallButton } from './Wall'

/** What is worth a wall. */
const WALLS: readonly Room[] = ['figures', 'situation']

interface Props {
  view: View
  change: (part: Partial<View>, replace?: boolean) => void
  room: Room
  /** What this room lets one choose. */
  children?: ReactNode
}

export function Header({ view, change, room, children }: Props) {
  const w = useWords()
  const [touring, setTouring] = useState(false)
  return (
    <>
      <button type="button" className="skip" onClick={toMain}>
        {w.t('skip.main')}
      </button>
      <header>
        <Banner />
        <div className="bar">
          <div className="brand">
            <Mark />
            <span>
              <strong>{w.t('app.name')}</strong>
              <small>{w.t('app.tagline')}</small>
            </span>
          </div>
          {children}
          <Finder change={change} />
          <div className="ends">
            {WALLS.includes(room) && <WallButton />}
            <Help room={room} tour={() => setTouring(true)} />
            <LookChoice />
            <Choice<Lang>
              className="lang"
              aria-label={w.t('lang.label')}
              value={view.lang}
              onChange={(lang) => change({ lang }, true)}
              options={[
                { value: 'zh', label: <span lang="zh-CN">中文</span> },
                { value: 'en', label: <span lang="en">English</span> },
              ]}
            />
          </div>
        </div>
        <Menu room={room} />
        <FirstTour room={room} on={touring} start={() => setTouring(true)} end={() => setTouring(false)} />
      </header>
    </>
  )
}

/** Not a link: what stands after # in the address names the room. */
function toMain() {
  document.getElementById('main')?.focus()
}

function Mark() {
  return (
    <svg width="34" height="34" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--on-bar)" fillOpacity={0.14} />
      <g fill="none" stroke="var(--on-bar)" strokeWidth="2.2">
        <circle cx="12" cy="16" r="6" />
        <circle cx="20" cy="16" r="6" />
      </g>
    </svg>
  )
}
