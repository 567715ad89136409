/** Rows that stand in the page together: a list is drawn and taken away in such pieces. */
export const PIECE = 10
/** The height of a row, in pixels, before one of its list was seen. */
const ROW_PX = 38

export interface Part {
  /** A piece that is drawn; of a gap, the first that it stands for. */
  at: number
  /** Of a gap: how high it is. */
  gap: number | null
}

/** How high each piece of a list is: as it was measured, else as others were. */
export class Heights {
  /** By piece; nought where none was measured. */
  private readonly known: Float32Array
  /** Those that were measured, in no order: few beside all. */
  private readonly seen: number[] = []
  private sum = 0
  private rows = 0

  constructor(readonly length: number) {
    this.known = new Float32Array(Math.ceil(length / PIECE))
  }

  get pieces(): number {
    return this.known.length
  }

  private rowsOf(piece: number): number {
    return Math.min(PIECE, this.length - piece * PIECE)
  }

  /** The same list after more rows came; the piece that was not full is measured again. */
  grown(length: number): Heights {
    const made = new Heights(length)
    const full = Math.floor(this.length / PIECE)
    for (let piece = 0; piece < full; piece += 1) if (this.has(piece)) made.measured(piece, this.of(piece))
    return made
  }

  measured(piece: number, px: number): void {
    const before = this.known[piece] ?? 0
    this.sum += px - before
    if (!before) {
      this.rows += this.rowsOf(piece)
      this.seen.push(piece)
    }
    this.known[piece] = px
  }

  has(piece: number): boolean {
    return Boolean(this.known[piece])
  }

  private get rowPx(): number {
    return this.rows ? this.sum / this.rows : ROW_PX
  }

  of(piece: number): number {
    return this.known[piece] || this.rowsOf(piece) * this.rowPx
  }

  /** How high the pieces from one to before another are: thousands were never seen, so they are not added up. */
  private span(from: number, before: number): number {
    let px = (Math.min(before * PIECE, this.length) - from * PIECE) * this.rowPx
    for (const piece of this.seen)
      if (piece >= from && piece < before) px += (this.known[piece] ?? 0) - this.rowsOf(piece) * this.rowPx
    return px
  }

  /** How far below the first row a piece begins. */
  above(piece: number): number {
    return this.span(0, piece)
  }

  /** The pieces between two heights, the first and the last of them. */
  between(top: number, bottom: number): [number, number] {
    let from = 0
    for (let after = this.pieces - 1; from < after; ) {
      const middle = Math.ceil((from + after) / 2)
      if (this.above(middle) <= top) from = middle
      else after = middle - 1
    }
    let sum = this.above(from)
    let to = from
    while (to < this.pieces - 1 && sum + this.of(to) < bottom) {
      sum += this.of(to)
      to += 1
    }
    return [from, to]
  }

  /** What stands in the page: the pieces from one to another and those held, and a gap wherever others are left out. */
  parts(from: number, to: number, held: ReadonlySet<number>): Part[] {
    const parts: Part[] = []
    let next = 0
    const gapTo = (before: number) => {
      if (next < before) parts.push({ at: next, gap: this.span(next, before) })
    }
    const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
    const standing = [...new Set([...drawn, ...held])].filter((at) => at < this.pieces)
    for (const at of standing.sort((a, b) => a - b)) {
      gapTo(at)
      parts.push({ at, gap: null })
      next = at + 1
    }
    gapTo(this.pieces)
    return parts
  }
}

const STEPS: Record<string, (at: number, page: number, last: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
}

/** The row that a key leads to; null where it leads nowhere. */
export function stepped(key: string, at: number, page: number, length: number): number | null {
  const to = STEPS[key]?.(at, Math.max(1, page), length - 1)
  return to === undefined || !length ? null : Math.max(0, Math.min(length - 1, to))
}
