import type { Map as MapLibre } from 'maplibre-gl'

/** Programs that draw in place of a graphics card, as they call themselves. */
const PROGRAMS = /swiftshader|llvmpipe|softpipe|software|basic render/i
/** So long the hand rests before the map is drawn anew beneath it. */
const RESTS_MS = 200

/**
 * Where a program draws in place of a graphics card, thousands of outlines take it a quarter of a second: there the
 * mouse moves the picture that is drawn already, and the map is drawn anew when the hand rests or lets go. With a card
 * the map is dragged as it always is.
 */
export function dragging(map: MapLibre): void {
  if (!drawnByProgram(map)) return
  const picture = map.getCanvasContainer()
  map.on('mousedown', (down) => {
    const { button, ctrlKey, clientX, clientY } = down.originalEvent
    if (button !== 0 || ctrlKey) return
    down.preventDefault() // the map's own dragging
    let [x, y, dx, dy] = [clientX, clientY, 0, 0]
    let resting: ReturnType<typeof setTimeout> | undefined
    picture.style.willChange = 'transform'
    const draw = () => {
      picture.style.transform = ''
      if (dx || dy) map.panBy([-dx, -dy], { animate: false })
      ;[x, y, dx, dy] = [x + dx, y + dy, 0, 0]
    }
    const move = (to: MouseEvent) => {
      ;[dx, dy] = [to.clientX - x, to.clientY - y]
      picture.style.transform = `translate(${dx}px, ${dy}px)`
      clearTimeout(resting)
      resting = setTimeout(draw, RESTS_MS)
    }
    const over = new AbortController()
    const end = () => {
      over.abort()
      clearTimeout(resting)
      picture.style.willChange = ''
      draw()
    }
    addEventListener('mousemove', move, { signal: over.signal })
    addEventListener('mouseup', end, { signal: over.signal })
    addEventListener('blur', end, { signal: over.signal })
    map.once('remove', () => {
      over.abort()
      clearTimeout(resting)
    })
  })
}

function drawnByProgram(map: MapLibre): boolean {
  const drawing = map.getCanvas().getContext('webgl2')
  const names = drawing?.getExtension('WEBGL_debug_renderer_info')
  return Boolean(names && PROGRAMS.test(String(drawing?.getParameter(names.UNMASKED_RENDERER_WEBGL))))
}
