import type { Dot, Line, Picture } from './picture'
import type { Size, View } from './view'

/** Colours are the page's own, so that both themes and the printed page keep their meaning. */
export interface Colours {
  ink: string
  line: string
  accent: string
  warns: string
  fails: string
}

export interface Look {
  colours: Colours
  font: string
  chosen: string | null
  /** The picture is under somebody's hand: dashes and arrows come when it rests. */
  moving: boolean
}

type Pen = CanvasRenderingContext2D

const RADIUS = 7
/** Least sizes in pixels of the page at which something can be made out. */
const SHAPE_FROM = 2.5
const ARROW_FROM = 3
const LABEL_FROM = 7
const TITLE_FROM = 5
const DASHES: Record<string, number[]> = { probable: [5, 3], possible: [1.5, 3] }
const FULL_TURN = 2 * Math.PI

/** Draws what of the picture lies within the size. What is alike is one path: thousands of cases are a few strokes. */
export function draw(pen: Pen, size: Size, of: Picture, view: View, look: Look): void {
  pen.clearRect(0, 0, size.width, size.height)
  const shown = within(size, view)
  for (const [certainty, lines] of of.lines) {
    const dashes = look.moving || view.k * RADIUS < ARROW_FROM ? [] : (DASHES[certainty] ?? [])
    pen.globalAlpha = 0.55
    strokes(pen, lines, view, shown, look.colours.ink, 1.2, dashes)
    if (!look.moving && view.k * RADIUS >= ARROW_FROM) arrows(pen, lines, view, shown)
  }
  pen.globalAlpha = 1
  const chosen = look.chosen ? of.dots.get(look.chosen) : undefined
  if (chosen) ties(pen, of, view, chosen, look.colours.accent)
  for (const [kind, dots] of of.kinds) points(pen, kind, dots, view, shown, look.colours)
  if (chosen) ring(pen, [chosen], view, look.colours.accent, 4, () => true)
  words(pen, of, view, shown, look)
}

type Shown = (x: number, y: number) => boolean

/** Whether a point of the picture can be seen, with room for what stands around it. */
function within({ width, height }: Size, { k, dx, dy }: View): Shown {
  const room = 20 / k
  const [left, top] = [-dx / k - room, -dy / k - room]
  const [right, bottom] = [(width - dx) / k + room, (height - dy) / k + room]
  return (x, y) => x >= left && x <= right && y >= top && y <= bottom
}

function strokes(
  pen: Pen,
  lines: readonly Line[],
  view: View,
  shown: Shown,
  colour: string,
  width: number,
  dashes: number[],
): void {
  const { k, dx, dy } = view
  pen.beginPath()
  for (const { from, to } of lines) {
    if (!shown(from.x, from.y) && !shown(to.x, to.y)) continue
    pen.moveTo(from.x * k + dx, from.y * k + dy)
    pen.lineTo(to.x * k + dx, to.y * k + dy)
  }
  pen.lineWidth = Math.max(0.5, width * k)
  pen.strokeStyle = colour
  pen.setLineDash(dashes.map((dash) => dash * k))
  pen.stroke()
  pen.setLineDash([])
}

/** The heads of the arrows, at the edge of those whom they lead to. */
function arrows(pen: Pen, lines: readonly Line[], { k, dx, dy }: View, shown: Shown): void {
  pen.beginPath()
  for (const { from, to } of lines) {
    if (!shown(to.x, to.y)) continue
    const far = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const [ux, uy] = [((to.x - from.x) / far) * k, ((to.y - from.y) / far) * k]
    const [x, y] = [to.x * k + dx - ux * RADIUS, to.y * k + dy - uy * RADIUS]
    pen.moveTo(x, y)
    pen.lineTo(x - ux * 7 + uy * 3.5, y - uy * 7 - ux * 3.5)
    pen.lineTo(x - ux * 7 - uy * 3.5, y - uy * 7 + ux * 3.5)
  }
  pen.fillStyle = pen.strokeStyle
  pen.fill()
}

/** The lines to and from one case. */
function ties(pen: Pen, of: Picture, view: View, chosen: Dot, colour: string): void {
  const its = [...of.lines.values()].flat().filter(({ from, to }) => from === chosen || to === chosen)
  strokes(pen, its, view, () => true, colour, 2.4, [])
  arrows(pen, its, view, () => true)
}

function points(pen: Pen, kind: string, dots: readonly Dot[], view: View, shown: Shown, colours: Colours): void {
  const { k, dx, dy } = view
  const radius = Math.max(1, RADIUS * k)
  const small = radius < SHAPE_FROM
  const outline = small ? square : (SHAPES[kind] ?? circle)
  pen.beginPath()
  for (const { x, y } of dots) if (shown(x, y)) outline(pen, x * k + dx, y * k + dy, radius)
  pen.fillStyle = colours[FILLS[kind] ?? 'line']
  pen.globalAlpha = kind === 'excluded' ? 0.15 : 1
  pen.fill()
  pen.globalAlpha = 1
  if (!small) {
    pen.lineWidth = 1.5 * k
    pen.strokeStyle = colours.ink
    pen.setLineDash(kind === 'excluded' ? [3 * k, 2 * k] : [])
    pen.stroke()
    pen.setLineDash([])
  }
  const flagged = dots.filter((dot) => dot.flagged)
  if (flagged.length) ring(pen, flagged, view, colours.fails, 3, shown)
}

const FILLS: Record<string, keyof Colours> = {
  confirmed: 'fails',
  clinical: 'warns',
  probable: 'warns',
  asymptomatic: 'accent',
}

type Outline = (pen: Pen, x: number, y: number, radius: number) => void
const circle: Outline = (pen, x, y, radius) => {
  pen.moveTo(x + radius, y)
  pen.arc(x, y, radius, 0, FULL_TURN)
}
const square: Outline = (pen, x, y, radius) => pen.rect(x - radius, y - radius, 2 * radius, 2 * radius)
const diamond: Outline = (pen, x, y, radius) => {
  const far = radius * 1.2
  pen.moveTo(x, y - far)
  pen.lineTo(x + far, y)
  pen.lineTo(x, y + far)
  pen.lineTo(x - far, y)
  pen.closePath()
}
const SHAPES: Record<string, Outline> = { suspected: diamond, reported: diamond, asymptomatic: square }

/** A ring around some cases. */
function ring(pen: Pen, dots: readonly Dot[], { k, dx, dy }: View, colour: string, width: number, shown: Shown): void {
  pen.beginPath()
  for (const { x, y } of dots) if (shown(x, y)) circle(pen, x * k + dx, y * k + dy, Math.max(2, (RADIUS + 1.5) * k))
  pen.lineWidth = Math.max(1.5, width * k)
  pen.strokeStyle = colour
  pen.stroke()
}

/** Numbers above the cases and titles above the groups, where they are large enough to be read. */
function words(pen: Pen, of: Picture, { k, dx, dy }: View, shown: Shown, { colours, font }: Look): void {
  pen.fillStyle = colours.ink
  if (15 * k >= TITLE_FROM) {
    pen.font = `bold ${15 * k}px ${font}`
    pen.textAlign = 'left'
    pen.textBaseline = 'middle'
    for (const { text, x, y } of of.titles) pen.fillText(text, x * k + dx, y * k + dy)
  }
  if (10 * k < LABEL_FROM) return
  pen.font = `${10 * k}px ${font}`
  pen.textAlign = 'center'
  pen.textBaseline = 'bottom'
  for (const { label, x, y } of of.dots.values())
    if (shown(x, y)) pen.fillText(label, x * k + dx, (y - RADIUS - 2) * k + dy)
}
