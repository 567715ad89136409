import type { Dot, Picture } from './picture'

/** Where a picture stands: its point (x, y) is drawn at (x·k + dx, y·k + dy), in pixels of the page. */
export interface View {
  k: number
  dx: number
  dy: number
}

export interface Size {
  width: number
  height: number
}

const LEAST = 0.02
const MOST = 3
/** Once all fits, cases are drawn no larger than this. */
const FITTED = 1.5
const MARGIN = 32
/** How near to a case a finger must come, in pixels of the page. */
const REACH = 14

/** The whole picture, in the middle. */
export function fitted({ dots, titles }: Picture, { width, height }: Size): View {
  const points = [...dots.values(), ...titles]
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (!points.length) return { k: 1, dx: 0, dy: 0 }
  const wanted = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (bottom - top || 1))
  const k = Math.max(LEAST, Math.min(wanted, FITTED))
  return { k, dx: width / 2 - (k * (left + right)) / 2, dy: height / 2 - (k * (top + bottom)) / 2 }
}

/** Larger or smaller by a factor, while the point of the page (x, y) keeps what is there. */
export function zoomed(view: View, factor: number, x: number, y: number): View {
  const k = Math.max(LEAST, Math.min(view.k * factor, MOST))
  const by = k / view.k
  return { k, dx: x - (x - view.dx) * by, dy: y - (y - view.dy) * by }
}

/** The case at a point of the page. */
export function nearest({ dots }: Picture, { k, dx, dy }: View, x: number, y: number): Dot | null {
  let [found, least]: [Dot | null, number] = [null, REACH ** 2]
  for (const dot of dots.values()) {
    const far = (dot.x * k + dx - x) ** 2 + (dot.y * k + dy - y) ** 2
    if (far <= least) [found, least] = [dot, far]
  }
  return found
}
