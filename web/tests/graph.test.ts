import { expect, test } from 'vitest'
import { elements } from '../desk/src/graph/Graph'
import { lay, type Node } from '../desk/src/graph/layout'

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

test('a chain of five thousand is laid out', () => {
  const nodes = Array.from({ length: 5000 }, (_, i) => node(`n${i}`, i + 1, i))
  const edges = nodes.slice(1).map((n, i) => ({ from: `n${i}`, to: n.id }))
  expect(lay(nodes, edges, 'generation').places.size).toBe(5000)
})

test('each group has its title above its cases, and cases of no group have none', () => {
  const titled = (group: string) => {
    const nodes = ['a', 'b'].map((id) => ({ ...node(id, 1, 0, group), label: id, kind: 'confirmed', flagged: false }))
    return elements(nodes, [], 'generation')
  }
  const drawn = titled('Wuhua')
  const title = drawn.find((e) => e.classes === 'group')
  expect(title?.data.label).toBe('Wuhua')
  for (const e of drawn.filter((e) => e !== title))
    expect(e.position?.y as number).toBeGreaterThan((title?.position?.y as number) + 20)
  expect(titled('').filter((e) => e.classes === 'group')).toEqual([])
})
