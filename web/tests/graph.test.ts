import { expect, test } from 'vitest'
import { lay, type Node } from '../desk/src/graph/layout'
import { picture } from '../desk/src/graph/picture'
import { fitted, nearest, zoomed } from '../desk/src/graph/view'

const node = (id: string, generation: number, day: number | null = 0, group = ''): Node => ({
  id,
  generation,
  day,
  group,
})

test('a chain grows to the right, its root in the middle of what it infected', () => {
  const nodes = [node('a', 1), node('b', 2, 3), node('c', 2, 5)]
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
  ]
  const { places } = lay(nodes, edges, 'generation')
  const [a, b, c] = ['a', 'b', 'c'].map((id) => places.get(id) as { x: number; y: number })
  expect(a?.x).toBeLessThan(b?.x as number)
  expect(b?.x).toBe(c?.x)
  expect(a?.y).toBe(((b?.y as number) + (c?.y as number)) / 2)
  const timed = lay(nodes, edges, 'time').places
  expect(timed.get('b')?.x).toBeLessThan(timed.get('c')?.x as number)
})

test('cycles, two infectors and unknown onsets lose nobody', () => {
  const nodes = [node('a', 0), node('b', 0, null), node('c', 2), node('d', 1), node('e', 1)]
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
    { from: 'd', to: 'c' },
    { from: 'e', to: 'c' },
    { from: 'e', to: 'e' },
  ]
  const { places } = lay(nodes, edges, 'time')
  expect([...places.keys()].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('groups stand one beneath the other and no two cases on one another', () => {
  const nodes = Array.from({ length: 400 }, (_, i) => node(`n${i}`, (i % 5) + 1, i % 30, `g${i % 7}`))
  const edges = nodes.flatMap((n, i) => (i % 5 ? [{ from: nodes[i - (i % 5)]?.id as string, to: n.id }] : []))
  const { places, groups } = lay(nodes, edges, 'generation')
  const spots = new Set([...places.values()].map((p) => `${p.x}|${p.y}`))
  expect(spots.size).toBe(400)
  groups.slice(1).forEach((g, i) => {
    const before = groups[i] as (typeof groups)[number]
    expect(g.y).toBeGreaterThanOrEqual(before.y + before.height)
  })
})

test('who fell ill on one day, or is of one generation, stands beside, not upon, the infector', () => {
  const nodes = [node('a', 1), node('b', 1), node('c', 0), node('d', 2)]
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'd' },
  ]
  for (const axis of ['generation', 'time'] as const) {
    const { places } = lay(nodes, edges, axis)
    expect(new Set([...places.values()].map((p) => `${p.x}|${p.y}`)).size).toBe(4)
  }
})

test('many chains stand in columns, in which nobody stands upon another', () => {
  const nodes = Array.from({ length: 900 }, (_, i) => node(`n${i}`, (i % 3) + 1, i % 9))
  const edges = nodes.flatMap((n, i) => (i % 3 ? [{ from: `n${i - 1}`, to: n.id }] : []))
  const { places, groups } = lay(nodes, edges, 'generation')
  expect(new Set([...places.values()].map((p) => `${p.x}|${p.y}`)).size).toBe(900)
  const { width, height } = groups[0] as { width: number; height: number }
  expect(width / height).toBeGreaterThan(0.8)
  expect(width / height).toBeLessThan(2.5)
})

test('a chain of five thousand is laid out', () => {
  const nodes = Array.from({ length: 5000 }, (_, i) => node(`n${i}`, i + 1, i))
  const edges = nodes.slice(1).map((n, i) => ({ from: `n${i}`, to: n.id }))
  expect(lay(nodes, edges, 'generation').places.size).toBe(5000)
})

test('each group has its title above its cases, and cases of no group have none', () => {
  const titled = (group: string) => {
    const nodes = ['a', 'b'].map((id) => ({ ...node(id, 1, 0, group), label: id, kind: 'confirmed', flagged: false }))
    return picture(nodes, [], 'generation')
  }
  const { dots, titles } = titled('Wuhua')
  expect(titles.map((t) => t.text)).toEqual(['Wuhua'])
  for (const dot of dots.values()) expect(dot.y).toBeGreaterThan((titles[0]?.y ?? 0) + 20)
  expect(titled('').titles).toEqual([])
})

test('what is drawn alike lies together, and lines to nobody are left out', () => {
  const nodes = ['a', 'b', 'c'].map((id, i) => ({ ...node(id, i + 1), label: id, kind: i ? 'x' : 'y', flagged: false }))
  const edges = [
    { from: 'a', to: 'b', certainty: 'certain' },
    { from: 'a', to: 'nobody', certainty: 'certain' },
    { from: 'b', to: 'c', certainty: 'possible' },
  ]
  const { kinds, lines } = picture(nodes, edges, 'generation')
  expect([...kinds].map(([kind, its]) => [kind, its.map((dot) => dot.id)])).toEqual([
    ['y', ['a']],
    ['x', ['b', 'c']],
  ])
  expect([...lines].map(([certainty, its]) => [certainty, its.length])).toEqual([
    ['certain', 1],
    ['possible', 1],
  ])
})

test('all fits, a case is found where it is drawn, and zooming keeps what is under the finger', () => {
  const nodes = Array.from({ length: 60 }, (_, i) => ({
    ...node(`n${i}`, (i % 4) + 1),
    label: '',
    kind: 'confirmed',
    flagged: false,
  }))
  const of = picture(nodes, [], 'generation')
  const size = { width: 640, height: 400 }
  const view = fitted(of, size)
  for (const dot of of.dots.values()) {
    const [x, y] = [dot.x * view.k + view.dx, dot.y * view.k + view.dy]
    expect(x >= 0 && x <= size.width && y >= 0 && y <= size.height).toBe(true)
  }
  const dot = of.dots.get('n17') as { id: string; x: number; y: number }
  const [x, y] = [dot.x * view.k + view.dx, dot.y * view.k + view.dy]
  const larger = zoomed(view, 4, x, y)
  expect(larger.k).toBeGreaterThan(view.k)
  expect(nearest(of, larger, x, y)?.id).toBe('n17')
  expect(nearest(of, larger, x + 10_000, y)).toBeNull()
})
