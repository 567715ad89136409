import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, type Map as MapLibre, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Boundaries, Cell, Row } from '../api/types'
import { useWords } from '../i18n'
import { type Colour, useColours } from '../look'
import { useShown } from '../parts/Figure'
import { create, pointing } from './base'
import { labelPoint } from './centre'
import { colour, isDark, type Shade } from './shade'
import { dress } from './style'

interface Props {
  boundaries: Boundaries
  rows: Row[]
  metric: string
  shade: Shade
  pointed: string | null
  point: (code: string | null) => void
  open: (row: Row) => void
  label: string
  /** How a number is written, and what is said beside it; by default as a count with its basis. */
  written?: (cell: Cell | null | undefined) => string
  beside?: (cell: Cell) => string
}

/** Divisions shaded by number. The keyboard's way to the same numbers is the table beside it. */
export default function AreaMap(props: Props) {
  const { boundaries, rows, metric, shade, pointed, label } = props
  const w = useWords()
  const counted = useShown()
  const shown = props.written ?? counted
  const beside = props.beside ?? ((cell: Cell) => w.t(`basis.${cell.basis}`))
  const holder = useRef<HTMLDivElement>(null)
  const seen = useColours()
  const live = useRef({ ...props, seen })
  live.current = { ...props, seen }
  const [map, setMap] = useState<MapLibre | null>(null)
  const [drawn, setDrawn] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; another language or area remounts it
  useEffect(() => {
    const made = create(holder.current as HTMLDivElement, boundaries, w.t, () => live.current.seen)
    made.on('load', () => setMap(made))
    pointing(made, 'areas', (code) => live.current.point(code))
    made.on('click', 'areas', (e) => {
      const row = live.current.rows.find((r) => r.code === e.features?.[0]?.properties.code)
      if (row) live.current.open(row)
    })
    return () => made.remove()
  }, [])

  useEffect(() => {
    if (map) dress(map, seen)
  }, [map, seen])

  useEffect(() => {
    if (!map) return
    void map.getSource<GeoJSONSource>('areas')?.setData(shaded(boundaries, rows, metric, shade))
    const markers = labels(boundaries, rows, metric, shade, w.name, shown, seen)
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
  }, [map, boundaries, rows, metric, shade, w, shown, seen])

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
          {cell && <small> · {beside(cell)}</small>}
        </p>
      )}
    </figure>
  )
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
  seen: Colour,
): Marker[] {
  return boundaries.features.flatMap((feature) => {
    const row = rows.find((r) => r.code === feature.properties.code)
    const at = labelPoint(feature.geometry)
    if (!at) return []
    const cell = row?.cells[metric]
    const element = document.createElement('div')
    element.className = `map-label${isDark(seen(colour(shade, cell))) ? ' on-dark' : ''}`
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
