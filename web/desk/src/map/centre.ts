import type { Geometry, Position } from 'geojson'

/**
 * Where to put a label: the middle of the longest stretch of the largest ring, along the parallel that halves its
 * height. Inside the ring for any shape (a centroid is not).
 */
export function labelPoint(geometry: Geometry): [number, number] | null {
  const rings = outerRings(geometry)
  const ring = rings.reduce<Position[]>((a, b) => (area(b) > area(a) ? b : a), [])
  if (ring.length < 4) return null
  const ys = ring.map((p) => p[1] as number)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  let best: { x: number; y: number; width: number } | null = null
  for (const part of [0.5, 0.42, 0.58, 0.35, 0.65]) {
    const y = low + (high - low) * part
    const stretch = longest(crossings(ring, y))
    // The middle is preferred unless another parallel has clearly more room.
    if (stretch && (!best || stretch.width > best.width * 1.2)) best = { ...stretch, y }
  }
  return best && [best.x, best.y]
}

function outerRings(geometry: Geometry): Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1)
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1))
  return []
}

function area(ring: readonly Position[]): number {
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [a, b] = [ring[i] as [number, number], ring[i + 1] as [number, number]]
    twice += a[0] * b[1] - b[0] * a[1]
  }
  return Math.abs(twice) / 2
}

function crossings(ring: readonly Position[], y: number): number[] {
  const xs: number[] = []
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [a, b] = [ring[i] as [number, number], ring[i + 1] as [number, number]]
    if (a[1] > y !== b[1] > y) xs.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
  }
  return xs.sort((p, q) => p - q)
}

function longest(xs: readonly number[]): { x: number; width: number } | null {
  let best: { x: number; width: number } | null = null
  for (let i = 0; i + 1 < xs.length; i += 2) {
    const [a, b] = [xs[i] as number, xs[i + 1] as number]
    if (!best || b - a > best.width) best = { x: (a + b) / 2, width: b - a }
  }
  return best
}
