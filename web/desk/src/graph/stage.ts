import { typeface } from '../look'
import { type Colours, draw } from './draw'
import type { Picture } from './picture'
import { fitted, nearest, type View, zoomed } from './view'

/** How long after the last movement the picture is drawn with all its strokes. */
const REST_MS = 150
/** Further than this, in pixels of the page, a touch was a movement and no choice. */
const STILL = 4
/** Above so many cases finer pixels would cost more time than they show. */
const MANY = 2500

/** A canvas on which a picture is moved and zoomed by hand. */
export class Stage {
  private view: View = { k: 1, dx: 0, dy: 0 }
  private chosen: string | null = null
  private frame = 0
  private rest = 0
  private moving = false
  private fresh = true
  private readonly hands = new Map<number, { x: number; y: number }>()
  private far = 0
  private readonly pen: CanvasRenderingContext2D
  private readonly font: string
  private readonly ended = new AbortController()
  private readonly watch = new ResizeObserver(() => this.resize())

  /** `drawn` is told of the first picture; `choose` of the case that somebody touched, or of none. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly of: Picture,
    private colours: Colours,
    private readonly drawn: () => void,
    private readonly choose: (id: string | null) => void,
  ) {
    this.pen = canvas.getContext('2d') as CanvasRenderingContext2D
    this.font = typeface()
    const { signal } = this.ended
    canvas.addEventListener('pointerdown', (e) => this.down(e), { signal })
    canvas.addEventListener('pointermove', (e) => this.move(e), { signal })
    for (const end of ['pointerup', 'pointercancel'] as const)
      canvas.addEventListener(end, (e) => this.up(e), { signal })
    canvas.addEventListener('wheel', (e) => this.wheel(e), { signal, passive: false })
    this.watch.observe(canvas)
  }

  end(): void {
    this.ended.abort()
    this.watch.disconnect()
    cancelAnimationFrame(this.frame)
    clearTimeout(this.rest)
  }

  /** At once: paper does not wait. */
  dye(colours: Colours): void {
    this.colours = colours
    if (!this.fresh) this.paint()
  }

  mark(chosen: string | null): void {
    this.chosen = chosen
    this.ask()
  }

  private resize(): void {
    const { width, height } = this.canvas.getBoundingClientRect()
    if (!width || !height) return
    const ratio = this.of.dots.size > MANY ? 1 : devicePixelRatio
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    if (this.fresh) this.view = fitted(this.of, { width, height })
    this.paint()
    if (this.fresh) this.drawn()
    this.fresh = false
  }

  /** Draws with the next frame, however often it is asked before. */
  private ask(): void {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.paint())
  }

  private paint(): void {
    const { colours, font, chosen, moving } = this
    const size = { width: this.canvas.clientWidth, height: this.canvas.clientHeight }
    draw(this.pen, size, this.of, this.view, { colours, font, chosen, moving })
  }

  private show(view: View): void {
    this.view = view
    this.moving = true
    clearTimeout(this.rest)
    this.rest = window.setTimeout(() => {
      this.moving = false
      this.ask()
    }, REST_MS)
    this.ask()
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId)
    if (!this.hands.size) this.far = 0
    this.hands.set(event.pointerId, this.at(event))
  }

  /** One finger moves the picture; two zoom it about the point between them. */
  private move(event: PointerEvent): void {
    const before = this.hands.get(event.pointerId)
    if (!before) return
    const now = this.at(event)
    const [dx, dy] = [now.x - before.x, now.y - before.y]
    this.hands.set(event.pointerId, now)
    this.far += Math.hypot(dx, dy)
    const other = [...this.hands].find(([id]) => id !== event.pointerId)?.[1]
    const share = other ? 0.5 : 1
    const moved = { ...this.view, dx: this.view.dx + dx * share, dy: this.view.dy + dy * share }
    const apart = (a: { x: number; y: number }) => (other ? Math.hypot(a.x - other.x, a.y - other.y) || 1 : 1)
    const [x, y] = other ? [(now.x + other.x) / 2, (now.y + other.y) / 2] : [now.x, now.y]
    this.show(zoomed(moved, apart(now) / apart(before), x, y))
  }

  private up(event: PointerEvent): void {
    if (!this.hands.delete(event.pointerId) || this.hands.size || this.far > STILL || event.type !== 'pointerup') return
    const { x, y } = this.at(event)
    this.choose(nearest(this.of, this.view, x, y)?.id ?? null)
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    const { x, y } = this.at(event)
    this.show(zoomed(this.view, Math.exp(-event.deltaY * lines * 0.0015), x, y))
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const { left, top } = this.canvas.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
}
