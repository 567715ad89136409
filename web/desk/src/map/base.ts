import { LngLatBounds, Map as MapLibre, NavigationControl, type Point, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Boundaries } from '../api/types'
import type { useWords } from '../i18n'
import type { Colour } from '../look'
import { dragging } from './drag'
import { layers, type Pattern, pattern } from './style'

setWorkerUrl(workerUrl)

type Translate = ReturnType<typeof useWords>['t']

/** A map of outlines without tiles, fitted to the points where there are any, else to the outlines, in the colours of now. */
export function create(
  container: HTMLDivElement,
  boundaries: Boundaries,
  t: Translate,
  colour: () => Colour,
  points: readonly [number, number][] = [],
  style = layers(boundaries, colour()),
): MapLibre {
  const bounds = boundsOf(boundaries, points)
  const fitting = { padding: points.length ? 64 : 18, maxZoom: 11 }
  const map = new MapLibre({
    container,
    style,
    bounds,
    fitBoundsOptions: fitting,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: true,
    maxZoom: points.length ? 14 : 11,
    locale: {
      'Map.Title': t('map.region'),
      'NavigationControl.ZoomIn': t('map.zoom_in'),
      'NavigationControl.ZoomOut': t('map.zoom_out'),
      'CooperativeGesturesHandler.MobileHelpText': t('map.two_fingers'),
      'CooperativeGesturesHandler.WindowsHelpText': t('map.ctrl_scroll'),
      'CooperativeGesturesHandler.MacHelpText': t('map.cmd_scroll'),
    },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  dragging(map)
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.setMissingStyleImageResolver((id) => {
    map.addImage(id, pattern(id as Pattern, colour()), { pixelRatio: 2 })
  })
  map.on('resize', () => map.fitBounds(bounds, { ...fitting, animate: false }))
  return map
}

/**
 * Tells over which outline the pointer is, once a frame at most. While the map moves it tells nothing: to look among
 * thousands of outlines, and to draw the page anew for each, took longer than the map.
 */
export function pointing(map: MapLibre, layer: string, tell: (code: string | null) => void): void {
  let at: Point | null = null
  let told: string | null = null
  let coming = false
  const say = (code: string | null) => {
    if (code !== told) tell(code)
    told = code
  }
  const look = () => {
    coming = false
    if (!at || map.isMoving()) return
    const [first] = map.queryRenderedFeatures(at, { layers: [layer] })
    say((first?.properties.code as string | undefined) ?? null)
  }
  map.on('mousemove', ({ point, originalEvent }) => {
    at = point
    if (coming || originalEvent.buttons) return
    coming = true
    requestAnimationFrame(look)
  })
  map.on('mouseout', () => {
    at = null
    say(null)
  })
}

function boundsOf(boundaries: Boundaries, points: readonly [number, number][]): LngLatBounds {
  const bounds = new LngLatBounds()
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') bounds.extend([part[0], part[1] as number])
    else part.forEach(visit)
  }
  if (points.length) visit(points)
  else for (const { geometry } of boundaries.features) if ('coordinates' in geometry) visit(geometry.coordinates)
  return bounds
}
