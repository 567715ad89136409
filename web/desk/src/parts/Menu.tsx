import { useEffect, useId, useRef, useState } from 'react'
import { api } from '../api/client'
import { type Door, type Group, groupsFor, isBehind } from '../doors'
import { useWords } from '../i18n'
import { go, pathOf, type Room, type Route } from '../route'
import { signedIn, useSession, worn } from '../session'
import { LookChoice } from './LookChoice'

/** The rooms that the role may enter, and who is here: one line, or a drawer where there is no room for a line. */
export function Menu({ room }: { room: Room }) {
  const w = useWords()
  const { session, may } = useSession()
  const [drawn, setDrawn] = useState(false)
  const line = useRef<HTMLElement>(null)
  const [open, setOpen] = useState<string | null>(null)
  useEffect(() => {
    if (open === null) return
    const outside = (e: Event) => {
      if (!line.current?.contains(e.target as Node)) setOpen(null)
    }
    addEventListener('pointerdown', outside)
    addEventListener('focusin', outside)
    return () => {
      removeEventListener('pointerdown', outside)
      removeEventListener('focusin', outside)
    }
  }, [open])
  if (!session) return null
  const groups = groupsFor(session, may)
  const here = groups.flatMap((g) => g.doors).find((door) => isBehind(door, room))
  return (
    <div className="rooms">
      <button type="button" className="drawer-open" aria-haspopup="dialog" onClick={() => setDrawn(true)}>
        <Bars />
        <span className="sr">{w.t('menu.label')}</span>
        {here && <span aria-hidden>{w.t(here.title)}</span>}
      </button>
      <nav aria-label={w.t('menu.label')} ref={line}>
        {groups.map((group) =>
          group.title ? (
            <Behind
              key={group.title}
              group={group}
              room={room}
              open={open === group.title}
              turn={(on) => setOpen(on ? (group.title ?? null) : null)}
            />
          ) : (
            group.doors.map((door) => <Leads key={door.to} door={door} room={room} />)
          ),
        )}
      </nav>
      {drawn && <Drawer groups={groups} room={room} close={() => setDrawn(false)} />}
      <Who room={room} />
    </div>
  )
}

function Leads({ door, room, then }: { door: Door; room: Room; then?: () => void }) {
  const w = useWords()
  return (
    <a
      href={pathOf({ room: door.to } as Route)}
      aria-current={isBehind(door, room) ? 'page' : undefined}
      onClick={then}
    >
      {w.t(door.title)}
    </a>
  )
}

interface BehindProps {
  group: Group
  room: Room
  open: boolean
  turn: (on: boolean) => void
}

/** Doors behind a button: Escape shuts them and goes back to it. */
function Behind({ group, room, open, turn }: BehindProps) {
  const w = useWords()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const here = group.doors.some((door) => isBehind(door, room))
  const key = (e: React.KeyboardEvent) => {
    if (e.key !== 'Escape' || !open) return
    turn(false)
    button.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the button and from the doors behind it
    <div className="behind" onKeyDown={key}>
      <button
        type="button"
        ref={button}
        className={here ? 'here' : undefined}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => turn(!open)}
      >
        {w.t(group.title as NonNullable<Group['title']>)}
        <span className="down" aria-hidden />
      </button>
      <div id={id} className="doors" hidden={!open}>
        {group.doors.map((door) => (
          <Leads key={door.to} door={door} room={room} then={() => turn(false)} />
        ))}
      </div>
    </div>
  )
}

function Drawer({ groups, room, close }: { groups: Group[]; room: Room; close: () => void }) {
  const w = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const shut = () => dialog.current?.close()
  return (
    <dialog ref={dialog} className="drawer" aria-label={w.t('menu.label')} onClose={close}>
      <button type="button" className="drawer-shut" onClick={shut}>
        {w.t('close')}
      </button>
      <LookChoice />
      <nav aria-label={w.t('menu.label')}>
        {groups.map((group) => (
          <div key={group.title ?? group.doors[0]?.to} className="drawer-group">
            {group.title && <h2>{w.t(group.title)}</h2>}
            {group.doors.map((door) => (
              <Leads key={door.to} door={door} room={room} then={shut} />
            ))}
          </div>
        ))}
      </nav>
    </dialog>
  )
}

function Bars() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M2 4.5h14M2 9h14M2 13.5h14" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  )
}

/** Who is signed in, in which role, over which area. */
function Who({ room }: { room: Room }) {
  const w = useWords()
  const { session, reload } = useSession()
  const [failed, setFailed] = useState(false)
  if (!session) return null
  if (!signedIn(session)) {
    return (
      <p className="who">
        <a href="#sign-in" aria-current={room === 'sign-in' ? 'page' : undefined}>
          {w.t('menu.sign_in')}
        </a>
      </p>
    )
  }
  const hat = worn(session)
  const leave = () =>
    api
      .signOut()
      .then(reload)
      .then(
        () => go({ room: 'home' }),
        () => setFailed(true),
      )
  return (
    <p className="who">
      <a href="#me" aria-current={room === 'me' ? 'page' : undefined} title={w.t('menu.me')}>
        {session.mode !== 'demo' && session.signed_in_as && <strong>{session.signed_in_as}</strong>}
        {hat && (
          <span>
            {w.lang === 'zh' ? hat.role_zh : hat.role_en} · {w.lang === 'zh' ? hat.area_zh : hat.area_en}
          </span>
        )}
        <span className={session.mode === 'demo' ? 'change' : 'sr'}>
          {w.t(session.mode === 'demo' ? 'menu.change' : 'menu.me')}
        </span>
      </a>
      {session.mode !== 'demo' && (
        <button type="button" className="plain" onClick={leave}>
          {w.t('menu.sign_out')}
        </button>
      )}
      {failed && <span role="alert">{w.t('menu.sign_out.failed')}</span>}
    </p>
  )
}
