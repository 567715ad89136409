import { Button } from 'antd'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useSession, worn } from '../../session'
import { useSpoken } from './words'

/** What is shown, in this order, as far as it is on the page. */
const STEPS = [
  ['menu', '.rooms > nav, .drawer-open'],
  ['work', 'main .work'],
  ['rhythm', 'main .rhythm'],
  ['main', 'main h1'],
  ['find', '.finder'],
  ['help', '.help-open'],
  ['lang', '.bar .lang'],
] as const
/** The first page of a role is told by its parts where it has them. */
const PARTS: readonly string[] = ['work', 'rhythm']
const MARGIN_PX = 6
const CARD_PX = 210

type Step = (typeof STEPS)[number][0]

function seen(selector: string): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.offsetParent !== null) ?? null
}

function stepsHere(): Step[] {
  const here = STEPS.filter(([, selector]) => seen(selector)).map(([step]) => step)
  return here.filter((step) => step !== 'main' || !here.some((one) => PARTS.includes(one)))
}

/** The desk, step by step over the page that is open: arrow keys go on and back, Escape ends. */
export default function Tour({ close }: { close: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const next = useRef<HTMLButtonElement>(null)
  const title = useId()
  const [steps] = useState(stepsHere)
  const [at, setAt] = useState(0)
  const step = steps[at] ?? 'find'
  const place = usePlace(step)
  const hat = worn(session)
  const role = (w.lang === 'zh' ? hat?.role_zh : hat?.role_en) ?? ''
  const table = useResource('permissions', permissions)
  const sees = table.data?.roles.find((one) => one.id === session?.role)
  useEffect(() => {
    dialog.current?.showModal()
    next.current?.focus()
  }, [])
  const last = at === steps.length - 1
  const move = (by: number) => setAt((now) => Math.max(0, Math.min(now + by, steps.length - 1)))
  const on = () => (last ? dialog.current?.close() : move(1))
  return (
    <dialog
      ref={dialog}
      className="tour"
      aria-labelledby={title}
      aria-describedby={`${title}-text`}
      onClose={close}
      onKeyDown={(e) => {
        if (e.key === 'ArrowRight') move(1)
        if (e.key === 'ArrowLeft') move(-1)
      }}
    >
      {place && <div className="tour-ring" style={place.ring} aria-hidden />}
      <div className="tour-card" style={place?.card}>
        <p className="muted small">{w.t('tour.at', { n: at + 1, of: steps.length })}</p>
        <div aria-live="polite">
          <h2 id={title}>{w.t(`tour.${step}.title`)}</h2>
          <p id={`${title}-text`}>{w.t(`tour.${step}`, { role })}</p>
          {step === 'menu' && sees && (
            <p>{w.t('tour.sees', { what: w.name({ zh: sees.need_zh, en: sees.need_en }) })}</p>
          )}
        </div>
        <div className="tour-ways">
          <Button type="text" onClick={() => dialog.current?.close()}>
            {w.t('tour.leave')}
          </Button>
          {at > 0 && <Button onClick={() => move(-1)}>{w.t('tour.back')}</Button>}
          <Button type="primary" ref={next} onClick={on}>
            {w.t(last ? 'tour.end' : 'tour.next')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}

/** Where the ring lies around what is shown, and the card below it or, where there is no room, above. */
function usePlace(step: Step) {
  const [place, setPlace] = useState<{ ring: React.CSSProperties; card: React.CSSProperties } | null>(null)
  useLayoutEffect(() => {
    const target = seen(STEPS.find(([one]) => one === step)?.[1] ?? '')
    if (!target) return setPlace(null)
    target.scrollIntoView({ block: 'center' })
    const measure = () => {
      const box = target.getBoundingClientRect()
      const top = Math.max(box.top - MARGIN_PX, 0)
      const bottom = Math.min(box.bottom + MARGIN_PX, innerHeight)
      const below = innerHeight - bottom > CARD_PX
      setPlace({
        ring: { top, left: box.left - MARGIN_PX, width: box.width + 2 * MARGIN_PX, height: bottom - top },
        card: {
          left: `clamp(12px, ${Math.round(box.left)}px, calc(100vw - min(360px, 100vw - 24px) - 12px))`,
          ...(below
            ? { top: bottom + MARGIN_PX }
            : top > CARD_PX
              ? { bottom: innerHeight - top + MARGIN_PX }
              : { bottom: 24 }),
        },
      })
    }
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [step])
  return place
}
