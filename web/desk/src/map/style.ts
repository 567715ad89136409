import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, Map as MapLibre, StyleSpecification } from 'maplibre-gl'
import type { Boundaries } from '../api/types'
import type { Colour, Token } from '../look'
import { dots, hatch } from './patterns'
import { IMPLIED, MISSING, RAMP, ZERO } from './shade'

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** What an area may be filled with. */
export const LAND: Token = '--map-land'
const FILLS: readonly Token[] = [...RAMP, ZERO, IMPLIED, LAND]

/** The fill of each area, which has its name alone: another look is another paint and needs no new areas. */
function fills(colour: Colour): ExpressionSpecification {
  const each = FILLS.flatMap((token) => [token, colour(token)])
  return ['match', ['get', 'fill'], ...each, colour(MISSING)] as unknown as ExpressionSpecification
}

const PATTERNS = { dots, hatch } as const
export type Pattern = keyof typeof PATTERNS

export function pattern(id: Pattern, colour: Colour) {
  return PATTERNS[id](colour(id === 'dots' ? '--data-implied-ink' : '--data-missing-ink'))
}

/** A map that is drawn already, in other colours. Drawn at once, as paper does not wait. */
export function dress(map: MapLibre, colour: Colour): void {
  map.setPaintProperty('paper', 'background-color', colour('--map-sea'))
  map.setPaintProperty('areas', 'fill-color', fills(colour))
  map.setPaintProperty('borders', 'line-color', colour('--map-border'))
  map.setPaintProperty('sea', 'line-color', colour('--map-line'))
  map.setPaintProperty('pointed', 'line-color', colour('--focus'))
  for (const id of ['dots', 'hatch'] as const) if (map.hasImage(id)) map.updateImage(id, pattern(id, colour))
  map.redraw()
}

/** A style of GeoJSON alone: no tiles, no glyphs, no sprites. */
export function layers(boundaries: Boundaries, colour: Colour): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: 'geojson', data: NOTHING },
      lines: { type: 'geojson', data: boundaries.lines },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': colour('--map-sea') } },
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': fills(colour), 'fill-antialias': true } },
      ...(['dots', 'hatch'] as const).map((pattern) => ({
        id: pattern,
        type: 'fill' as const,
        source: 'areas',
        filter: ['==', ['get', 'pattern'], pattern] as ['==', ['get', string], string],
        paint: { 'fill-pattern': pattern },
      })),
      {
        id: 'borders',
        type: 'line',
        source: 'areas',
        paint: { 'line-color': colour('--map-border'), 'line-width': 0.8 },
      },
      { id: 'sea', type: 'line', source: 'lines', paint: { 'line-color': colour('--map-line'), 'line-width': 1.4 } },
      {
        id: 'pointed',
        type: 'line',
        source: 'areas',
        filter: ['==', ['get', 'code'], ''],
        paint: { 'line-color': colour('--focus'), 'line-width': 2.6 },
      },
    ],
  }
}
