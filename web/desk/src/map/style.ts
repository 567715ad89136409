import type { FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import type { Boundaries } from '../api/types'

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** A style of GeoJSON alone: no tiles, no glyphs, no sprites. */
export function layers(boundaries: Boundaries): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: 'geojson', data: NOTHING },
      lines: { type: 'geojson', data: boundaries.lines },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': '#f7f9fa' } },
      { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'fill'], 'fill-antialias': true } },
      ...(['dots', 'hatch'] as const).map((pattern) => ({
        id: pattern,
        type: 'fill' as const,
        source: 'areas',
        filter: ['==', ['get', 'pattern'], pattern] as ['==', ['get', string], string],
        paint: { 'fill-pattern': pattern },
      })),
      { id: 'borders', type: 'line', source: 'areas', paint: { 'line-color': '#6d7f89', 'line-width': 0.8 } },
      { id: 'sea', type: 'line', source: 'lines', paint: { 'line-color': '#46555e', 'line-width': 1.4 } },
      {
        id: 'pointed',
        type: 'line',
        source: 'areas',
        filter: ['==', ['get', 'code'], ''],
        paint: { 'line-color': '#c2410c', 'line-width': 2.6 },
      },
    ],
  }
}
