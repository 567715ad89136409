import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useSession } from '../../session'
import type { Change } from '../../view'
import '../../styles/palette.css'
import { fixed, type Item, type Part, partsOf, useAsked } from './items'
import { remember } from './recent'
import { useSpoken } from './words'

const Dressed = lazy(() => import('../../parts/Dressed'))
const PersonSearch = lazy(() => import('./PersonSearch'))
const PAUSE_MS = 150

/** The text, once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(waiting)
  }, [text])
  return settled
}

interface Props {
  close: () => void
  change: Change
}

/** Everything by what is typed; the keyboard alone is enough. Looking for a person is a step of its own. */
export default function Palette({ close, change }: Props) {
  const w = useSpoken()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [seeking, setSeeking] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const shut = () => dialog.current?.close()
  return (
    <dialog ref={dialog} className="palette" aria-label={w.t('palette.title')} onClose={close}>
      {seeking ? (
        <Suspense fallback={null}>
          <Dressed>
            <PersonSearch text={typed.trim()} back={() => setSeeking(false)} shut={shut} />
          </Dressed>
        </Suspense>
      ) : (
        <Everything typed={typed} setTyped={setTyped} change={change} shut={shut} person={() => setSeeking(true)} />
      )}
    </dialog>
  )
}

interface EverythingProps {
  typed: string
  setTyped: (typed: string) => void
  change: Change
  shut: () => void
  person: () => void
}

function Everything({ typed, setTyped, change, shut, person }: EverythingProps) {
  const w = useSpoken()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const { session, may } = useSession()
  const [at, setAt] = useState(0)
  const text = typed.trim()
  const settled = useSettled(text)
  const asked = useAsked(settled)
  const waits = settled !== text || asked.loading
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  if (!session) return null
  const known = waits ? null : asked.data
  const parts = partsOf({ text, fixed: fixed(session, may, w, change), asked: known, may, change, person, w })
  const items = parts.flatMap((part) => part.items)
  const chosen = Math.min(at, items.length - 1)
  const choose = (item: Item | undefined) => {
    if (!item) return
    if (item.recent) remember(item.recent)
    if (!item.stays) shut()
    if (typeof item.opens === 'string') location.hash = item.opens
    else item.opens()
  }
  const key = (e: React.KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key]
    if (step) {
      e.preventDefault()
      const next = chosen + step
      const turns = Math.abs(step) === 1 && (next < 0 || next >= items.length)
      setAt(turns ? (next + items.length) % Math.max(items.length, 1) : Math.max(0, Math.min(next, items.length - 1)))
    } else if (e.key === 'Enter') {
      e.preventDefault()
      choose(items[chosen])
    }
  }
  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length ? `${id}-${chosen}` : undefined}
        aria-label={w.t('palette.title')}
        placeholder={w.t('palette.type')}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value)
          setAt(0)
        }}
        onKeyDown={key}
      />
      <Found parts={parts} id={id} chosen={chosen} choose={choose} list={list} />
      {!items.some((item) => !item.stays) && !waits && !asked.error && (
        <p className="palette-none">{w.t('palette.none')}</p>
      )}
      {asked.error && <p className="palette-none">{w.t('palette.failed')}</p>}
      <p className="palette-foot">
        <span>{w.t('palette.keys')}</span>
        <span role="status">{text && w.t(waits ? 'palette.waits' : 'palette.found', { n: w.n(items.length) })}</span>
      </p>
    </>
  )
}

interface FoundProps {
  parts: Part[]
  id: string
  chosen: number
  choose: (item: Item) => void
  list: React.RefObject<HTMLDivElement | null>
}

function Found({ parts, id, chosen, choose, list }: FoundProps) {
  const w = useSpoken()
  const before = parts.map((_, at) => parts.slice(0, at).reduce((n, part) => n + part.items.length, 0))
  return (
    <div id={`${id}-list`} className="palette-list" role="listbox" aria-label={w.t('palette.title')} ref={list}>
      {parts.map((part, of) => (
        // biome-ignore lint/a11y/useSemanticElements: options of a list stand in groups, not in a set of fields
        <div key={part.title} role="group" aria-label={part.title}>
          <div className="palette-part" aria-hidden>
            {part.title} <span>{w.n(part.items.length)}</span>
          </div>
          {part.items.map((item, inside) => {
            const at = (before[of] ?? 0) + inside
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard where one types
              <div
                key={item.key}
                id={`${id}-${at}`}
                data-at={at}
                role="option"
                tabIndex={-1}
                aria-selected={at === chosen}
                onClick={() => choose(item)}
              >
                <span>{item.label}</span>
                <small>{item.note}</small>
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
