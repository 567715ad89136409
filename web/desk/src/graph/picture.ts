import { type Axis, type Edge, lay, type Node } from './layout'

export interface Drawn extends Node {
  label: string
  /** What the case counts as: its colour and its shape. */
  kind: string
  /** Something about it is to be looked at: an onset before its infector's. */
  flagged: boolean
}

export interface DrawnEdge extends Edge {
  certainty: string
}

export interface Dot {
  id: string
  x: number
  y: number
  label: string
  flagged: boolean
}

export interface Line {
  from: Dot
  to: Dot
}

/** A graph that is laid out and sorted by what is drawn alike, so that each frame is a few strokes of the pen. */
export interface Picture {
  dots: ReadonlyMap<string, Dot>
  kinds: ReadonlyMap<string, readonly Dot[]>
  /** By certainty. */
  lines: ReadonlyMap<string, readonly Line[]>
  titles: readonly { text: string; x: number; y: number }[]
}

/** How far above its first row the title of a group stands: within the gap between groups. */
const TITLE_ABOVE = 38

export function picture(nodes: readonly Drawn[], edges: readonly DrawnEdge[], axis: Axis): Picture {
  const { places, groups } = lay(nodes, edges, axis)
  const dots = new Map<string, Dot>()
  const kinds = new Map<string, Dot[]>()
  for (const { id, label, flagged, kind } of nodes) {
    const dot = { id, label, flagged, ...(places.get(id) ?? { x: 0, y: 0 }) }
    dots.set(id, dot)
    put(kinds, kind, dot)
  }
  const lines = new Map<string, Line[]>()
  for (const { from, to, certainty } of edges) {
    const [a, b] = [dots.get(from), dots.get(to)]
    if (a && b) put(lines, certainty, { from: a, to: b })
  }
  const titles = groups.filter((g) => g.id).map((g) => ({ text: g.id, x: g.x, y: g.y - TITLE_ABOVE }))
  return { dots, kinds, lines, titles }
}

function put<T>(into: Map<string, T[]>, key: string, value: T): void {
  const held = into.get(key)
  if (held) held.push(value)
  else into.set(key, [value])
}
