import { type RefObject, useEffect, useRef } from 'react'

/** Nothing has the focus: what had it was taken from the page. */
const lost = () => document.activeElement === null || document.activeElement === document.body

function main(): void {
  document.getElementById('main')?.focus({ preventScroll: true })
}

/** When a form goes with the focus in it, that goes back to what had opened the form, or else to the room. */
export function useReturn(open: unknown): void {
  useEffect(() => {
    if (!open) return
    const from = document.activeElement
    return () => {
      if (lost() && from instanceof HTMLElement) from.focus({ preventScroll: true })
      if (lost()) main()
    }
  }, [open])
}

/** For the title of a step that takes the place of another: it has the focus when it appears. */
export function useArrival<E extends HTMLElement>(): RefObject<E | null> {
  const title = useRef<E>(null)
  useEffect(() => title.current?.focus(), [])
  return title
}

let begun = false

/** When another room takes the place of one with the focus in it, the room has it; a page that is loaded begins at its top. */
export function useRoomFocus(route: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever another room or card is opened.
  useEffect(() => {
    if (begun && lost()) main()
    begun = true
  }, [route])
}
