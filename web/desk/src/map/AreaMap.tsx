import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, LngLatBounds, Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import type { Boundaries, Row } from '../api/types'
import { useWords } from '../i18n'
import { useShown } from '../parts/Figure'
import { labelPoint } from './centre'
import { dots, hatch } from './patterns'
import { colour, isDark, type Shade } from './shade'
import { layers } from './style'

setWorkerUrl(workerUrl)

interface Props {
  boundaries: Boundaries
  rows: Row[]
  metric: string
  shade: Shade
  pointed: string | null
  point: (code: string | null) => void
  open: (row: Row) => void
  label: string
}

/** Divisions shaded by count. The keyboard's way to the same numbers is the table beside it. */
export default function AreaMap(props: Props) {
  const { boundaries, rows, metric, shade, pointed, label } = props
  const w = useWords()
  const shown = useShown()
  const holder = useRef<HTMLDivElement>(null)
  const live = useRef(props)
  live.current = props
  const [map, setMap] = useState<MapLibre | null>(null)
  const [drawn, setDrawn] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; another language or area remounts it
  useEffect(() => {
    const made = create(holder.current as HTMLDivElement, boundaries, w.t)
    made.on('load', () => setMap(made))
    made.on('mousemove', 'areas', (e) => live.current.point((e.features?.[0]?.properties.code as string) ?? null))
    made.on('mouseleave', 'areas', () => live.current.point(null))
    made.on('click', 'areas', (e) => {
      const row = live.current.rows.find((r) => r.code === e.features?.[0]?.properties.code)
      if (row) live.current.open(row)
    })
    return () => made.remove()
  }, [])

  useEffect(() => {
    if (!map) return
    void map.getSource<GeoJSONSource>('areas')?.setData(shaded(boundaries, rows, metric, shade))
    const markers = labels(boundaries, rows, metric, shade, w.name, shown)
    for (const marker of markers) marker.addTo(map)
    const settle = () => {
      declutter(markers)
      setDrawn(true)
    }
    map.on('idle', settle)
    return () => {
      map.off('idle', settle)
      for (const marker of markers) marker.remove()
    }
  }, [map, boundaries, rows, metric, shade, w, shown])

  useEffect(() => {
    map?.setFilter('pointed', ['==', ['get', 'code'], pointed ?? ''])
    if (map) map.getCanvas().style.cursor = pointed ? 'pointer' : ''
  }, [map, pointed])

  const row = rows.find((r) => r.code === pointed)
  const cell = row?.cells[metric]
  return (
    <figure className="map" aria-label={label} aria-busy={!drawn}>
      <div ref={holder} className="map-canvas" />
      {row && (
        <p className="map-tip" aria-hidden="true">
          <strong>{w.name(row)}</strong> {shown(cell)}
          {cell && <small> · {w.t(`basis.${cell.basis}`)}</small>}
        </p>
      )}
    </figure>
  )
}

type Translate = ReturnType<typeof useWords>['t']

function create(container: HTMLDivElement, boundaries: Boundaries, t: Translate): MapLibre {
  const map = new MapLibre({
    container,
    style: layers(boundaries),
    bounds: boundsOf(boundaries),
    fitBoundsOptions: { padding: 18 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: true,
    maxZoom: 11,
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
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.setMissingStyleImageResolver((id) => {
    if (id === 'dots') map.addImage(id, dots(), { pixelRatio: 2 })
    if (id === 'hatch') map.addImage(id, hatch(), { pixelRatio: 2 })
  })
  map.on('resize', () => map.fitBounds(boundsOf(boundaries), { padding: 18, animate: false }))
  return map
}

function boundsOf(boundaries: Boundaries): LngLatBounds {
  const bounds = new LngLatBounds()
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') bounds.extend([part[0], part[1] as number])
    else part.forEach(visit)
  }
  for (const { geometry } of boundaries.features) if ('coordinates' in geometry) visit(geometry.coordinates)
  return bounds
}

function shaded(boundaries: Boundaries, rows: Row[], metric: string, shade: Shade): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: boundaries.features.map((feature) => {
      const cell = rows.find((r) => r.code === feature.properties.code)?.cells[metric]
      const pattern = cell ? (cell.basis === 'implied' ? 'dots' : '') : 'hatch'
      return { ...feature, properties: { code: feature.properties.code, fill: colour(shade, cell), pattern } }
    }),
  }
}

/** Names and numbers stand on the map as plain elements: no fonts are downloaded. */
function labels(
  boundaries: Boundaries,
  rows: Row[],
  metric: string,
  shade: Shade,
  name: (of: { zh: string; en: string }) => string,
  shown: ReturnType<typeof useShown>,
): Marker[] {
  return boundaries.features.flatMap((feature) => {
    const row = rows.find((r) => r.code === feature.properties.code)
    const at = labelPoint(feature.geometry)
    if (!at) return []
    const cell = row?.cells[metric]
    const element = document.createElement('div')
    element.className = `map-label${isDark(colour(shade, cell)) ? ' on-dark' : ''}`
    element.setAttribute('aria-hidden', 'true')
    element.dataset.n = String(cell?.n ?? -1)
    const title = document.createElement('span')
    title.textContent = name({ zh: feature.properties.zh_short, en: feature.properties.en })
    const value = document.createElement('b')
    value.textContent = cell ? shown(cell) : ''
    element.append(title, value)
    return [new Marker({ element, anchor: 'center' }).setLngLat(at)]
  })
}

/** Labels that would overlap give way to larger numbers: first the name goes, then the whole label. */
function declutter(markers: readonly Marker[]): void {
  const taken: DOMRect[] = []
  const apart = 2 // pixels between two labels
  const free = (box: DOMRect) =>
    taken.every(
      (t) => box.right + apart < t.left || box.left - apart > t.right || box.bottom < t.top || box.top > t.bottom,
    )
  const inOrder = [...markers].sort((a, b) => Number(b.getElement().dataset.n) - Number(a.getElement().dataset.n))
  for (const marker of inOrder) {
    const element = marker.getElement()
    for (const crowding of ['', 'tight', 'gone']) {
      element.dataset.crowding = crowding
      const box = element.getBoundingClientRect()
      if (crowding === 'gone' || free(box)) {
        if (crowding !== 'gone') taken.push(box)
        break
      }
    }
  }
}
