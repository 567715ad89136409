import { useEffect, useId, useRef, useState } from 'react'
import { useSession } from '../../session'
import type { Change } from '../../view'
import '../../styles/palette.css'
import { fixed, type Item, partsOf, useAsked } from './items'
import { useSpoken } from './words'

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

/** Pages, acts, areas and cases by what is typed; the keyboard alone is enough. */
export default function Palette({ close, change }: Props) {
  const w = useSpoken()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const { session, may } = useSession()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const text = typed.trim()
  const settled = useSettled(text)
  const asked = useAsked(settled, session?.area ?? '', may)
  const waits = settled !== text || asked.loading
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  if (!session) return null
  const parts = partsOf(text, fixed(session, may, w, change), waits ? null : asked.data, may, change, w)
  const items = parts.flatMap((part) => part.items)
  const chosen = Math.min(at, items.length - 1)
  const choose = (item: Item | undefined) => {
    if (!item) return
    dialog.current?.close()
    item.act()
  }
  const key = (e: React.KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (step) {
      e.preventDefault()
      setAt((chosen + step + items.length) % Math.max(items.length, 1))
    } else if (e.key === 'Enter') {
      e.preventDefault()
      choose(items[chosen])
    }
  }
  return (
    <dialog ref={dialog} className="palette" aria-label={w.t('palette.title')} onClose={close}>
      <input
        autoFocus
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
      {!items.length && !waits && !asked.error && <p className="palette-none">{w.t('palette.none')}</p>}
      {asked.error && <p className="palette-none">{w.t('palette.failed')}</p>}
      <p className="palette-foot">
        <span>{w.t('palette.keys')}</span>
        <span role="status">{text && w.t('palette.found', { n: w.n(items.length) })}</span>
      </p>
    </dialog>
  )
}

interface FoundProps {
  parts: ReturnType<typeof partsOf>
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
            {part.title}
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
