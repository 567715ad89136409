/** What a plot shows, as data: the drawing, the table beside it and the files that are saved all come from it. */

export interface Point {
  day: string
  /** Null is not known, which is not 0: no bar, no dot, and the line is broken there. */
  at: number | null
}

export interface Span {
  day: string
  low: number | null
  high: number | null
}

interface Named {
  name: string
  colour: string
}

export type Layer =
  | (Named & { as: 'bars' | 'marks'; points: Point[] })
  | (Named & { as: 'line'; points: Point[]; dashed?: boolean })
  | (Named & { as: 'band'; spans: Span[] })

export interface Picture {
  from: string
  to: string
  /** Drawn in this order, one above the other. */
  layers: Layer[]
  /** A value that everything is read against, such as R = 1. */
  against?: { at: number; name: string }
  /** Days at which something changed, such as the definition of a case. */
  breaks?: { day: string; name: string }[]
  /** The scale reaches at least so high: plots side by side share one. */
  least?: number
  /** Higher than this is cut off: one wild upper bound would make all else flat. */
  most?: number
  /** The day that the page is set to. */
  marked?: string
  /** Values are shares or ratios, not counts. */
  parts?: boolean
}

/** The highest value that is drawn. */
export function highestOf(of: Picture): number {
  const all = of.layers.flatMap((one) =>
    one.as === 'band' ? one.spans.map((span) => span.high) : one.points.map((point) => point.at),
  )
  const highest = Math.max(of.least ?? 0, of.against?.at ?? 0, ...all.map((one) => one ?? 0))
  return Math.max(Math.min(highest, of.most ?? highest), of.parts ? 0.1 : 1)
}

/** A column of the numbers behind a plot: `key` is its name in the file, `title` the one on the page. */
export interface Column {
  key: string
  title: string
  of: (day: string) => number | null | undefined
}

/** The numbers of a plot as lines of a file; what is not known is empty. `about` stands in each line: whose numbers, as
 * of when. */
export function csvOf(days: readonly string[], columns: readonly Column[], about: Record<string, string>): string {
  const head = [...Object.keys(about), 'day', ...columns.map((one) => one.key)]
  const lines = days.map((day) => [
    ...Object.values(about),
    day,
    ...columns.map((one) => {
      const value = one.of(day)
      return value == null ? '' : String(value)
    }),
  ])
  return `${[head, ...lines].map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
