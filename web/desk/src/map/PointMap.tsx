import { type GeoJSONSource, type Map as MapLibre, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Boundaries } from '../api/types'
import { useWords } from '../i18n'
import { useColours } from '../look'
import { create } from './base'
import { dress, LAND } from './style'

export interface Point {
  id: string
  /** Degrees, east and north. */
  at: [number, number]
  /** The sign that stands there, and the class that draws it. */
  sign: string
  kind: string
  title: string
  href: string
}

interface Props {
  boundaries: Boundaries
  points: readonly Point[]
  label: string
}

/** Signs at their places, each a link that the keyboard reaches. A list says the same without the map. */
export default function PointMap({ boundaries, points, label }: Props) {
  const w = useWords()
  const seen = useColours()
  const live = useRef(seen)
  live.current = seen
  const holder = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibre | null>(null)
  const [drawn, setDrawn] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; another language or area remounts it
  useEffect(() => {
    const at = points.map((one) => one.at)
    const made = create(holder.current as HTMLDivElement, boundaries, w.t, () => live.current, at)
    made.on('load', () => {
      void made.getSource<GeoJSONSource>('areas')?.setData({
        type: 'FeatureCollection',
        features: boundaries.features.map((one) => ({ ...one, properties: { fill: LAND, pattern: '' } })),
      })
      setMap(made)
    })
    made.once('idle', () => setDrawn(true))
    return () => made.remove()
  }, [])

  useEffect(() => {
    if (map) dress(map, seen)
  }, [map, seen])

  useEffect(() => {
    if (!map) return
    const markers = points.map((one) => new Marker({ element: sign(one), anchor: 'center' }).setLngLat(one.at))
    for (const marker of markers) marker.addTo(map)
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, points])

  return (
    <figure className="map" aria-label={label} aria-busy={!drawn}>
      <div ref={holder} className="map-canvas low" />
    </figure>
  )
}

function sign(point: Point): HTMLElement {
  const element = document.createElement('a')
  element.className = `map-sign ${point.kind}`
  element.href = point.href
  element.title = point.title
  element.setAttribute('aria-label', point.title)
  const inside = document.createElement('span')
  inside.textContent = point.sign
  inside.setAttribute('aria-hidden', 'true')
  element.append(inside)
  return element
}
