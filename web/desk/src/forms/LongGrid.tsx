import '../styles/long.css'
import { Button } from 'antd'
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useWords } from '../i18n'
import { usePrinting } from '../look'
import { type Column, GridHead, GridRow } from './Grid'
import { Heights, PIECE, stepped } from './rows'

/** Drawn beyond what is seen, in pixels, so that a turn of the wheel meets rows and no gap. */
const BEYOND = 700
/** So few rows are all seen: nothing scrolls. */
const FEW = 15
/** Paper holds so many rows of a list; the whole list is a file. */
const PRINTED = 1000
const FORMS = 'input, textarea, select, [role="combobox"], [contenteditable]'
const WAYS = 'a[href], button:not([disabled]), input, summary'

interface Props<T> {
  label: string
  columns: Column<T>[]
  /** As many as were asked for; a longer list is another one. */
  rows: readonly T[]
  keyOf: (row: T) => string
  /** Of how many; null where nobody counted so far. */
  total: number | null
  /** Asks for more rows, where there are more. */
  more: (() => void) | null
  busy: boolean
  /** More are asked for as one scrolls; else by a button, for instance where every page is a look at people. */
  onward: boolean
}

/** A table of any length: only what is seen and a little more stands in the page. */
export function LongGrid<T>({ label, columns, rows: given, keyOf, total, more, busy, onward }: Props<T>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the closure, a row keeps its key
  const rows = useMemo(() => once(given, keyOf), [given])
  const w = useWords()
  const printing = usePrinting()
  const holder = useRef<HTMLElement>(null)
  const heights = useRef(new Heights(0))
  const goal = useRef<number | null>(null)
  const asked = useRef(0)
  const [[from, to], setSeen] = useState<[number, number]>([0, 1])
  const [held, setHeld] = useState(NONE)
  if (heights.current.length !== rows.length) heights.current = heights.current.grown(rows.length)
  const all = heights.current
  const anew = useCallback(() => {
    heights.current = new Heights(heights.current.length)
  }, [])
  const made = useWidths(holder, columns.map((c) => c.key).join(), rows.length > FEW, anew)
  const widths = printing ? null : made

  const look = useCallback(() => {
    const box = holder.current
    if (!box) return
    const seen = heights.current.between(box.scrollTop - BEYOND, box.scrollTop + box.clientHeight + BEYOND)
    setSeen((before) => (before[0] === seen[0] && before[1] === seen[1] ? before : seen))
    setHeld((before) => heldIn(box, before))
  }, [])
  useEffect(look)
  useEffect(() => {
    if (!onward || !more || busy || asked.current === rows.length || to < all.pieces - 1) return
    asked.current = rows.length
    more()
  })
  useLayoutEffect(() => {
    for (const piece of holder.current?.querySelectorAll<HTMLElement>('tbody[data-piece]') ?? []) {
      const at = Number(piece.dataset.piece)
      if (!all.has(at)) all.measured(at, piece.offsetHeight)
    }
    if (goal.current !== null && reached(holder.current, goal.current)) goal.current = null
  })

  const pressed = (event: KeyboardEvent<HTMLElement>) => {
    const box = event.currentTarget
    const on = event.target as HTMLElement
    if (event.ctrlKey || event.altKey || event.metaKey || on.closest(FORMS)) return
    if (on === box && event.key !== 'ArrowDown') return
    const at = on === box ? firstSeen(box) - 1 : indexOf(on.closest('tr'))
    const page = Math.floor(box.clientHeight / (all.of(from) / PIECE)) - 1
    const next = stepped(event.key, at, page, rows.length)
    if (next === null) return
    event.preventDefault()
    if (reached(box, next)) return
    goal.current = next
    box.scrollTop = all.above(Math.floor(next / PIECE))
    look()
  }

  const drawn = printing
    ? all.parts(0, PRINTED / PIECE - 1, NONE).filter((one) => one.gap === null)
    : all.parts(from, to, held)
  return (
    <>
      <section
        className={rows.length > FEW ? 'long-grid' : 'long-grid few'}
        ref={holder}
        aria-label={label}
        aria-busy={busy}
        onScroll={look}
        onKeyDown={pressed}
        tabIndex={rows.length > FEW ? 0 : undefined}
      >
        <table
          className={widths ? 'grid laid' : 'grid'}
          // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
          role="table"
          aria-label={label}
          aria-rowcount={total === null ? -1 : total + 1}
          style={widths ? laidOut(widths) : undefined}
        >
          <GridHead columns={columns} numbered />
          {drawn.map(({ at, gap }) =>
            gap === null ? (
              <Piece key={at} at={at} end={Math.min(rows.length, (at + 1) * PIECE)} of={{ rows, columns, keyOf }} />
            ) : (
              <tbody key={`gap ${at}`} aria-hidden="true">
                <tr>
                  <td className="gap" colSpan={columns.length} style={{ height: gap }} />
                </tr>
              </tbody>
            ),
          )}
        </table>
      </section>
      {more && (!onward || (!busy && asked.current === rows.length)) && (
        <div className="actions">
          <Button onClick={more} loading={busy}>
            {w.t('rows.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** While a list is renewed a row may have moved from one page to the next: it stands where it came first. */
function once<T>(given: readonly T[], keyOf: (row: T) => string): readonly T[] {
  const seen = new Set<string>()
  return given.filter((row) => seen.size < seen.add(keyOf(row)).size)
}

const NONE: ReadonlySet<number> = new Set()

interface PieceProps<T> {
  at: number
  end: number
  of: { rows: readonly T[]; columns: Column<T>[]; keyOf: (row: T) => string }
}

function PieceOf<T>({ at, end, of: { rows, columns, keyOf } }: PieceProps<T>) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks, a table would lose its roles
    <tbody role="rowgroup" data-piece={at}>
      {rows.slice(at * PIECE, end).map((row, within) => (
        <GridRow key={keyOf(row)} id={keyOf(row)} row={row} columns={columns} at={at * PIECE + within} />
      ))}
    </tbody>
  )
}

/** A piece is drawn anew when its rows or what is shown of them changed, not because one scrolls. */
const Piece = memo(PieceOf, (a, b) => {
  if (a.end !== b.end || a.of.columns !== b.of.columns) return false
  for (let at = a.at * PIECE; at < a.end; at += 1) if (a.of.rows[at] !== b.of.rows[at]) return false
  return true
}) as typeof PieceOf

/** Pieces that stay though they are out of sight: somebody is in them, or has begun to fill in something. */
function heldIn(box: HTMLElement, before: ReadonlySet<number>): ReadonlySet<number> {
  const pieces = [...box.querySelectorAll<HTMLElement>('tbody[data-piece]')]
  const kept = pieces.filter((one) => one.contains(document.activeElement) || one.querySelector('form'))
  if (kept.length === before.size && kept.every((one) => before.has(Number(one.dataset.piece)))) return before
  return new Set(kept.map((one) => Number(one.dataset.piece)))
}

const indexOf = (row: HTMLElement | null) => Number(row?.getAttribute('aria-rowindex') ?? 1) - 2

function firstSeen(box: HTMLElement): number {
  const top = box.getBoundingClientRect().top + (box.querySelector('thead')?.offsetHeight ?? 0)
  const rows = [...box.querySelectorAll<HTMLElement>('tbody[data-piece] tr')]
  return indexOf(rows.find((row) => row.getBoundingClientRect().top >= top) ?? null)
}

/** Goes to a row, if it stands in the page: to the first thing in it that acts, else to the row. */
function reached(box: HTMLElement | null, at: number): boolean {
  const row = box?.querySelector<HTMLElement>(`tbody[data-piece] tr[aria-rowindex="${at + 2}"]`)
  if (!row) return false
  const to = row.querySelector<HTMLElement>(WAYS) ?? row
  to.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/**
 * Rows between columns that are fixed are laid out as blocks: in a table whatever comes or goes has the whole laid out
 * and painted anew.
 */
function laidOut(widths: readonly number[]): CSSProperties {
  const columns = widths.map((px) => `${px}px`).join(' ')
  return { '--columns': columns, width: widths.reduce((sum, px) => sum + px, 0) } as CSSProperties
}

/** How wide the first rows made the columns, so that they do not move under who scrolls; null where they are free. */
function useWidths(holder: RefObject<HTMLElement | null>, columns: string, fixed: boolean, anew: () => void) {
  const [made, setMade] = useState<{ of: string; px: number[] } | null>(null)
  const [room, setRoom] = useState(0)
  const of = `${columns}|${room}`
  useEffect(() => {
    const watch = new ResizeObserver(([one]) => setRoom(Math.round(one?.contentRect.width ?? 0)))
    watch.observe(holder.current as HTMLElement)
    return () => watch.disconnect()
  }, [holder])
  useLayoutEffect(() => {
    if (!fixed || !room || made?.of === of) return
    anew()
    const heads = [...(holder.current?.querySelectorAll<HTMLElement>('thead th') ?? [])]
    const table = heads.every((one) => getComputedStyle(one).display === 'table-cell')
    setMade({ of, px: table ? heads.map((one) => one.getBoundingClientRect().width) : [] })
  }, [holder, fixed, room, made, of, anew])
  return fixed && made?.of === of && made.px.length ? made.px : null
}
