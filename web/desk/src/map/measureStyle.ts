import type { ExpressionSpecification, Map as MapLibre, StyleSpecification } from 'maplibre-gl'
import type { Boundaries } from '../api/types'
import type { Colour } from '../look'
import { MISSING, RAMP, ZERO } from './shade'
import { pattern } from './style'

const SHADE: ExpressionSpecification = ['coalesce', ['feature-state', 'shade'], -1]

/** Nothing known, none, and the shades from few to many. */
function fills(colour: Colour): ExpressionSpecification {
  const each = RAMP.flatMap((token, at) => [at + 1, colour(token)])
  return ['match', SHADE, 0, colour(ZERO), ...each, colour(MISSING)] as unknown as ExpressionSpecification
}

const hatched: ExpressionSpecification = ['case', ['<', SHADE, 0], 1, 0]

/** Outlines that are shaded by their state: the same geometry for every measure, day and look. */
export function measureLayers(boundaries: Boundaries, colour: Colour): StyleSpecification {
  const areas = { type: 'FeatureCollection' as const, features: boundaries.features }
  const ring = (id: string, width: number) => ({
    id,
    type: 'line' as const,
    source: id,
    paint: { 'line-color': colour(id === 'chosen' ? '--ink' : '--focus'), 'line-width': width },
  })
  return {
    version: 8,
    sources: {
      areas: { type: 'geojson', data: areas, promoteId: 'code' },
      lines: { type: 'geojson', data: boundaries.lines },
      chosen: { type: 'geojson', data: outlined(boundaries, null) },
      pointed: { type: 'geojson', data: outlined(boundaries, null) },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': colour('--map-sea') } },
      // The borders are drawn above the fills: smooth edges beneath them would be drawn for nothing.
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': fills(colour), 'fill-antialias': false } },
      {
        id: 'hatch',
        type: 'fill',
        source: 'areas',
        paint: { 'fill-pattern': 'hatch', 'fill-opacity': hatched, 'fill-antialias': false },
      },
      {
        id: 'borders',
        type: 'line',
        source: 'areas',
        paint: { 'line-color': colour('--map-border'), 'line-width': 0.8 },
      },
      { id: 'sea', type: 'line', source: 'lines', paint: { 'line-color': colour('--map-line'), 'line-width': 1.4 } },
      ring('chosen', 3),
      ring('pointed', 2.4),
    ],
  }
}

/** One outline by itself: a filter over all of them would have thousands cut into tiles anew. */
export function outlined(boundaries: Boundaries, code: string | null) {
  const features = boundaries.features.filter((one) => one.properties.code === code)
  return { type: 'FeatureCollection' as const, features }
}

/** A map that is drawn already, in other colours. */
export function measureDress(map: MapLibre, colour: Colour): void {
  map.setPaintProperty('paper', 'background-color', colour('--map-sea'))
  map.setPaintProperty('areas', 'fill-color', fills(colour))
  map.setPaintProperty('borders', 'line-color', colour('--map-border'))
  map.setPaintProperty('sea', 'line-color', colour('--map-line'))
  map.setPaintProperty('chosen', 'line-color', colour('--ink'))
  map.setPaintProperty('pointed', 'line-color', colour('--focus'))
  if (map.hasImage('hatch')) map.updateImage('hatch', pattern('hatch', colour))
  map.redraw()
}
