/** Where the cases of a transmission graph stand: chains grow from left to right, and no two cases overlap. */

export interface Node {
  id: string
  /** 0 where it cannot be told. */
  generation: number
  /** Days since the first onset of the graph; null where the onset is not known. */
  day: number | null
  /** What it is grouped by: a division or a cluster. */
  group: string
}

export interface Edge {
  from: string
  to: string
}

export interface Place {
  x: number
  y: number
}

export type Axis = 'generation' | 'time'

const STEP: Record<Axis, number> = { generation: 150, time: 34 }
const ROW = 34
const GAP = 48

export interface Laid {
  places: Map<string, Place>
  /** The upper left corner of each group, in order. */
  groups: { id: string; x: number; y: number; width: number; height: number }[]
}

/**
 * Lays out a forest for each group, groups one beneath the other. A case with several possible infectors stands beneath
 * the first of them; cases on a cycle stand as roots.
 */
export function lay(nodes: readonly Node[], edges: readonly Edge[], axis: Axis): Laid {
  const groups = new Map<string, Node[]>()
  for (const node of nodes) put(groups, node.group, node)
  const places = new Map<string, Place>()
  const laid: Laid['groups'] = []
  let top = 0
  for (const [id, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rows = forest(members, edges, axis, places, top)
    const width = Math.max(...members.map((m) => along(m, axis))) + STEP[axis]
    laid.push({ id, x: 0, y: top, width, height: rows * ROW })
    top += rows * ROW + GAP
  }
  return { places, groups: laid }
}

function put<T>(into: Map<string, T[]>, key: string, value: T): void {
  const held = into.get(key)
  if (held) held.push(value)
  else into.set(key, [value])
}

function along(node: Node, axis: Axis): number {
  return (axis === 'time' ? (node.day ?? 0) : Math.max(node.generation - 1, 0)) * STEP[axis]
}

/** Places the members from row `top` on; returns how many rows they took. */
function forest(members: Node[], edges: readonly Edge[], axis: Axis, places: Map<string, Place>, top: number): number {
  const own = new Map(members.map((m) => [m.id, m]))
  const below = new Map<string, Node[]>()
  const under = new Set<string>()
  for (const { from, to } of edges) {
    const child = own.get(to)
    if (!child || !own.has(from) || from === to || under.has(to)) continue
    under.add(to)
    put(below, from, child)
  }
  const ordered = [...members].sort((a, b) => along(a, axis) - along(b, axis) || (a.id < b.id ? -1 : 1))
  let row = 0
  const seen = new Set<string>()
  const taken = new Set<string>()
  /** A loop instead of recursion: a chain may be as long as there are cases. */
  const place = (root: Node) => {
    const stack: { node: Node; first: number; next: number }[] = [{ node: root, first: row, next: 0 }]
    seen.add(root.id)
    while (stack.length) {
      const at = stack[stack.length - 1] as (typeof stack)[number]
      const children = below.get(at.node.id) ?? []
      const child = children[at.next++]
      if (child) {
        if (!seen.has(child.id)) {
          seen.add(child.id)
          stack.push({ node: child, first: row, next: 0 })
        }
        continue
      }
      if (row === at.first) row += 1
      const x = along(at.node, axis)
      let y = top + ((at.first + row - 1) / 2) * ROW
      // Where one of those below stands there already (of the same generation, or fallen ill the same day): a row on.
      if (taken.has(`${x}|${y}`)) y = top + row++ * ROW
      taken.add(`${x}|${y}`)
      places.set(at.node.id, { x, y })
      stack.pop()
    }
  }
  for (const node of ordered) if (!under.has(node.id)) place(node)
  for (const node of ordered) if (!seen.has(node.id)) place(node)
  return row
}
