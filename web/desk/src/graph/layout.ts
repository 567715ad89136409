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
/** How much wider than high a picture of many chains is. */
const SHAPE = 1.5

export interface Laid {
  places: Map<string, Place>
  /** The upper left corner of each group, in order. */
  groups: { id: string; x: number; y: number; width: number; height: number }[]
}

/**
 * Lays out a forest for each group, groups one beneath the other; where many chains would make a long strip, they stand
 * in several columns. A case with several possible infectors stands beneath the first of them; cases on a cycle stand as
 * roots.
 */
export function lay(nodes: readonly Node[], edges: readonly Edge[], axis: Axis): Laid {
  const groups = new Map<string, Node[]>()
  for (const node of nodes) put(groups, node.group, node)
  const places = new Map<string, Place>()
  const laid: Laid['groups'] = []
  let top = 0
  for (const [id, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const trees = forest(members, edges, axis)
    const rows = trees.reduce((sum, tree) => sum + tree.rows, 0)
    const wide = Math.max(...members.map((m) => along(m, axis))) + STEP[axis]
    const least = rows / Math.max(1, Math.floor(Math.sqrt((SHAPE * rows * ROW) / wide)))
    let [column, row, tallest] = [0, 0, 0]
    for (const tree of trees) {
      if (row && row + tree.rows > least) [column, row] = [column + 1, 0]
      for (const spot of tree.spots) places.set(spot.id, { x: spot.x + column * wide, y: top + (row + spot.row) * ROW })
      row += tree.rows
      tallest = Math.max(tallest, row)
    }
    laid.push({ id, x: 0, y: top, width: (column + 1) * wide, height: tallest * ROW })
    top += tallest * ROW + GAP
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

interface Tree {
  /** `row` may lie between two rows. */
  spots: { id: string; x: number; row: number }[]
  rows: number
}

/** The chains of some cases, the earliest first. */
function forest(members: Node[], edges: readonly Edge[], axis: Axis): Tree[] {
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
  const seen = new Set<string>()
  const trees: Tree[] = []
  for (const node of ordered) if (!under.has(node.id)) trees.push(grown(node, below, axis, seen))
  for (const node of ordered) if (!seen.has(node.id)) trees.push(grown(node, below, axis, seen))
  return trees
}

/** A chain from its root on. A loop instead of recursion: it may be as long as there are cases. */
function grown(root: Node, below: Map<string, Node[]>, axis: Axis, seen: Set<string>): Tree {
  const tree: Tree = { spots: [], rows: 0 }
  const taken = new Set<string>()
  const stack: { node: Node; first: number; next: number }[] = [{ node: root, first: 0, next: 0 }]
  seen.add(root.id)
  while (stack.length) {
    const at = stack[stack.length - 1] as (typeof stack)[number]
    const children = below.get(at.node.id) ?? []
    const child = children[at.next++]
    if (child) {
      if (!seen.has(child.id)) {
        seen.add(child.id)
        stack.push({ node: child, first: tree.rows, next: 0 })
      }
      continue
    }
    if (tree.rows === at.first) tree.rows += 1
    const x = along(at.node, axis)
    let row = (at.first + tree.rows - 1) / 2
    // Where one of those below stands there already (of the same generation, or fallen ill the same day): a row on.
    if (taken.has(`${x}|${row}`)) row = tree.rows++
    taken.add(`${x}|${row}`)
    tree.spots.push({ id: at.node.id, x, row })
    stack.pop()
  }
  return tree
}
