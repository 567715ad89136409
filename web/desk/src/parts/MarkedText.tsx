import { useEffect, useMemo, useRef } from 'react'
import { type Mark, pieces } from '../spans'

interface Props {
  text: string
  marks: readonly Mark[]
  lang: string
  label: string
  /** The kind of mark to bring into view. */
  focus?: string
}

/** A stored text with spans marked in it. */
export function MarkedText({ text, marks, lang, label, focus }: Props) {
  const cut = useMemo(() => pieces(text, marks), [text, marks])
  const holder = useRef<HTMLElement>(null)
  useEffect(() => {
    const box = holder.current
    const target = focus && cut.length ? box?.querySelector<HTMLElement>(`mark.${focus}`) : null
    if (box && target) box.scrollTop = target.offsetTop - box.offsetTop - box.clientHeight / 3
  }, [cut, focus])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <section className="marked" lang={lang} ref={holder} tabIndex={0} aria-label={label}>
      {cut.map((piece, i) =>
        piece.kinds.length ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are told apart by their place alone
          <mark key={i} className={piece.kinds.join(' ')}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </section>
  )
}

/** The language of a text, by its script. */
export function langOf(text: string): string {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en'
}
