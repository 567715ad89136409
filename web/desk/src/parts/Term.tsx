import { type ReactNode, useId, useState } from 'react'
import { useResource } from '../api/resource'
import { help } from '../api/texts'
import { useWords } from '../i18n'
import '../styles/guide.css'

interface Props {
  /** The page whose help holds the term, and its English name: see docs/guide/help.toml and the glossary. */
  room: string
  of: string
  children: ReactNode
}

/** A word with what the glossary says of it: shown to pointer and keyboard, stays while either is on it, Escape shuts it. */
export function Term({ room, of, children }: Props) {
  const w = useWords()
  const id = useId()
  const [shown, setShown] = useState(false)
  const found = useResource(`help|${w.lang}`, () => help(w.lang))
  const meaning = found.data?.[room]?.terms.find((one) => (w.lang === 'zh' ? one.other : one.term) === of)?.meaning
  if (!meaning) return children
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what it shows is shown to the keyboard by the button
    <span
      className="term"
      onMouseEnter={() => setShown(true)}
      onMouseLeave={() => setShown(false)}
      onKeyDown={(e) => {
        if (e.key === 'Escape' && shown) {
          e.stopPropagation()
          setShown(false)
        }
      }}
    >
      <button
        type="button"
        aria-describedby={id}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onClick={() => setShown(true)}
      >
        {children}
      </button>
      <span role="tooltip" id={id} hidden={!shown}>
        {meaning}
      </span>
    </span>
  )
}
