import { type GeoJSONSource, type Map as MapLibre, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Boundaries } from '../api/types'
import { useWords } from '../i18n'
import { useColours } from '../look'
import { create, pointing } from './base'
import { labelPoint } from './centre'
import { measureDress, measureLayers, outlined } from './measureStyle'

/** How an area is drawn: shade 1 to 5, 0 for none, −1 where nothing is known. */
export interface Shaded {
  code: string
  shade: number
  /** The name and the number, in words. */
  tip: string
  /** Signals that wait for somebody there. */
  signals: number
}

/** Something at a place of its own. */
export interface Place {
  id: string
  at: [number, number]
  title: string
  href: string
}

interface Props {
  boundaries: Boundaries
  areas: readonly Shaded[]
  places: readonly Place[]
  chosen: string | null
  pointed: string | null
  point: (code: string | null) => void
  choose: (code: string) => void
  label: string
  signalsOf: (n: number) => string
}

/**
 * Outlines shaded by a measure. They are handed over once; what changes is the state of each, so that thousands are
 * panned and shaded anew without being drawn up again. The keyboard's way to the same numbers is the table.
 */
export default function MeasureMap(props: Props) {
  const { boundaries, areas, places, chosen, pointed, label, signalsOf } = props
  const w = useWords()
  const colours = useColours()
  const holder = useRef<HTMLDivElement>(null)
  const live = useRef({ ...props, colours })
  live.current = { ...props, colours }
  const [map, setMap] = useState<MapLibre | null>(null)
  const [drawn, setDrawn] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; another language or area remounts it
  useEffect(() => {
    const style = measureLayers(boundaries, colours)
    const made = create(holder.current as HTMLDivElement, boundaries, w.t, () => live.current.colours, [], style)
    made.on('load', () => setMap(made))
    made.once('idle', () => setDrawn(true))
    pointing(made, 'areas', (code) => live.current.point(code))
    made.on('click', 'areas', (e) => {
      const code = e.features?.[0]?.properties.code as string | undefined
      if (code) live.current.choose(code)
    })
    return () => made.remove()
  }, [])

  useEffect(() => {
    if (map) measureDress(map, colours)
  }, [map, colours])

  useEffect(() => {
    if (!map) return
    const shades = new Map(areas.map((one) => [one.code, one.shade]))
    for (const { properties } of boundaries.features)
      map.setFeatureState({ source: 'areas', id: properties.code }, { shade: shades.get(properties.code) ?? -1 })
  }, [map, boundaries, areas])

  useEffect(() => {
    for (const [layer, code] of [
      ['pointed', pointed],
      ['chosen', chosen],
    ] as const)
      void map?.getSource<GeoJSONSource>(layer)?.setData(outlined(boundaries, code))
    if (map) map.getCanvas().style.cursor = pointed ? 'pointer' : ''
  }, [map, boundaries, pointed, chosen])

  useEffect(() => {
    if (!map) return
    const waiting = new Map(areas.filter((one) => one.signals > 0).map((one) => [one.code, one.signals]))
    const marks = boundaries.features.flatMap(({ geometry, properties }) => {
      const n = waiting.get(properties.code)
      const at = n ? labelPoint(geometry) : null
      return n && at ? [new Marker({ element: signalMark(n, signalsOf(n)), anchor: 'center' }).setLngLat(at)] : []
    })
    for (const mark of marks) mark.addTo(map)
    return () => {
      for (const mark of marks) mark.remove()
    }
  }, [map, boundaries, areas, signalsOf])

  useEffect(() => {
    if (!map) return
    const marks = places.map((one) => new Marker({ element: placeMark(one), anchor: 'center' }).setLngLat(one.at))
    for (const mark of marks) mark.addTo(map)
    return () => {
      for (const mark of marks) mark.remove()
    }
  }, [map, places])

  const tip = areas.find((one) => one.code === (pointed ?? chosen))?.tip
  return (
    <figure className="map" aria-label={label} aria-busy={!drawn}>
      <div ref={holder} className="map-canvas measure" />
      {tip && (
        <p className="map-tip" aria-hidden="true">
          {tip}
        </p>
      )}
    </figure>
  )
}

function signalMark(n: number, title: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'signal-mark'
  element.title = title
  element.setAttribute('aria-hidden', 'true')
  element.textContent = String(n)
  return element
}

function placeMark(place: Place): HTMLElement {
  const element = document.createElement('a')
  element.className = 'place-mark'
  element.href = place.href
  element.title = place.title
  element.setAttribute('aria-label', place.title)
  return element
}
