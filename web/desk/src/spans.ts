/** Spans count Unicode code points, as Python does; JavaScript strings count UTF-16 units. */

export interface Mark {
  start: number
  end: number
  kind: string
}

export interface Piece {
  text: string
  kinds: string[]
}

const ENDS = new Set(['。', '！', '？', '!', '?', '\n', '；', ';'])

/** The text from code point `start` to `end`. */
export function slice(text: string, start: number, end: number): string {
  return Array.from(text).slice(start, end).join('')
}

/** The sentence around a span, as a span: from after the last full stop before it to the next one, blanks left out. */
export function sentenceAround(text: string, start: number, end: number): { start: number; end: number } {
  const points = Array.from(text)
  const stops = (i: number): boolean => {
    const c = points[i]
    if (c === undefined) return true
    // An English full stop ends a sentence only before a blank or the end: 38.4 does not.
    if (c === '.') return points[i + 1] === undefined || /\s/.test(points[i + 1] ?? '')
    return ENDS.has(c)
  }
  let from = start
  while (from > 0 && !stops(from - 1)) from -= 1
  let to = end
  while (to < points.length && !stops(to)) to += 1
  if (to < points.length && points[to] !== '\n') to += 1
  while (from < start && /\s/.test(points[from] ?? '')) from += 1
  return { start: from, end: to }
}

/** The text cut wherever a mark begins or ends; each piece knows the kinds of the marks that cover it. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  const points = Array.from(text)
  const within = marks
    .map((m) => ({ ...m, start: Math.max(0, m.start), end: Math.min(points.length, m.end) }))
    .filter((m) => m.start < m.end)
  const cuts = [...new Set([0, points.length, ...within.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b)
  const out: Piece[] = []
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i] as number, cuts[i + 1] as number]
    const kinds = within.filter((m) => m.start <= start && end <= m.end).map((m) => m.kind)
    out.push({ text: points.slice(start, end).join(''), kinds: [...new Set(kinds)] })
  }
  return out
}
