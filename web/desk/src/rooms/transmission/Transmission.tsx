import { Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { type Graph as Found, type GraphNode, transmission } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { place } from '../../forms/place'
import { Graph } from '../../graph/Graph'
import type { Axis } from '../../graph/layout'
import type { Drawn, DrawnEdge } from '../../graph/picture'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import '../../styles/tasks.css'
import '../../styles/transmission.css'
import { CaseTable } from './CaseTable'
import { Findings } from './Findings'
import { numberOf, Side } from './Side'
import { useSpoken } from './words'

type Grouped = 'none' | 'area' | 'cluster'

/** The cases of an area and who may have infected whom. */
export default function Transmission() {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const axis: Axis = filter.axis === 'time' ? 'time' : 'generation'
  const grouped = (filter.group ?? 'none') as Grouped
  const found = useResource(`graph|${area}`, (signal) => transmission.graph(area, signal))
  if (!session) return null
  return (
    <>
      <div className="heading">
        <h1>{w.t('chains.title')}</h1>
        <p className="muted">{w.t('chains.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('chains.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('chains.area')} />
        </div>
        <div className="pick inline">
          <label htmlFor={`${id}-axis`}>{w.t('chains.axis')}</label>
          <Select
            id={`${id}-axis`}
            value={axis}
            onChange={(to) => narrow({ axis: to })}
            popupMatchSelectWidth={false}
            options={(['generation', 'time'] as const).map((value) => ({ value, label: w.t(`chains.axis.${value}`) }))}
          />
        </div>
        <div className="pick inline">
          <label htmlFor={`${id}-group`}>{w.t('chains.group')}</label>
          <Select
            id={`${id}-group`}
            value={grouped}
            onChange={(to) => narrow({ group: to })}
            popupMatchSelectWidth={false}
            options={(['none', 'area', 'cluster'] as const).map((value) => ({
              value,
              label: w.t(`chains.group.${value}`),
            }))}
          />
        </div>
      </search>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.data.nodes.length && (
        <Empty title={w.t('chains.none.title')} text={w.t('chains.none.text')} />
      )}
      {found.data && found.data.nodes.length > 0 && (
        <Chains of={found.data} axis={axis} grouped={grouped} area={area} key={area} />
      )}
    </>
  )
}

interface Props {
  of: Found
  axis: Axis
  grouped: Grouped
  area: string
}

function Chains({ of, axis, grouped, area }: Props) {
  const w = useSpoken()
  const [chosen, choose] = useState<string | null>(null)
  const names = useNames(of)
  const nodes = useMemo(() => drawn(of, groups(of, grouped, names, w)), [of, grouped, names, w])
  const edges = useMemo<DrawnEdge[]>(
    () => of.edges.map((e) => ({ from: e.infector, to: e.infectee, certainty: e.certainty })),
    [of],
  )
  const chains = new Set(of.nodes.map((n) => n.cluster)).size
  const highest = Math.max(...of.nodes.map((n) => n.generation ?? 0))
  return (
    <>
      <section className="card" aria-label={w.t('chains.title')}>
        <p role="status" className="muted">
          {w.t('chains.counts', { n: w.n(of.nodes.length), m: w.n(of.edges.length), k: w.n(chains), g: w.n(highest) })}
          {of.more && <> · {w.t('chains.more')}</>}
        </p>
        <div className="chains">
          <Graph
            nodes={nodes}
            edges={edges}
            axis={axis}
            label={w.t('chains.label', { n: w.n(nodes.length), m: w.n(edges.length) })}
            chosen={chosen}
            choose={choose}
          />
          <Side of={of} chosen={chosen} choose={choose} />
        </div>
      </section>
      <Findings of={of} area={area} choose={choose} />
      <CaseTable of={of} choose={choose} />
    </>
  )
}

const DAY_MS = 86_400_000

/** The title of the group of each case: its division, or its chain, named for the first case of it. */
function groups(of: Found, grouped: Grouped, names: Map<string, string>, w: ReturnType<typeof useSpoken>) {
  if (grouped === 'none') return () => ''
  if (grouped === 'area') return (n: GraphNode) => names.get(n.area) ?? n.area
  const chains = new Map<string, GraphNode[]>()
  for (const n of of.nodes) chains.set(n.cluster, [...(chains.get(n.cluster) ?? []), n])
  const rank = (n: GraphNode) => `${n.onset_earliest ?? '9'}|${numberOf(n)}`
  const titles = new Map(
    [...chains].map(([id, members]) => {
      const first = members.reduce((a, b) => (rank(b) < rank(a) ? b : a))
      return [id, w.t('chains.group.chain', { number: numberOf(first), n: w.n(members.length) })]
    }),
  )
  return (n: GraphNode) => titles.get(n.cluster) ?? ''
}

function drawn(of: Found, groupOf: (n: GraphNode) => string): Drawn[] {
  const onsets = of.nodes.map((n) => n.onset_earliest).filter((d): d is string => d !== null)
  const first = Math.min(...onsets.map((d) => Date.parse(d)))
  const flagged = new Set(of.checks.flatMap((c) => (c.look === 'onset_before' || c.look === 'cycle' ? c.cases : [])))
  return of.nodes.map((n) => ({
    id: n.id,
    label: numberOf(n),
    kind: n.as_class,
    generation: n.generation ?? 0,
    day: n.onset_earliest ? (Date.parse(n.onset_earliest) - first) / DAY_MS : null,
    group: groupOf(n),
    flagged: flagged.has(n.id),
  }))
}

/** The names of the cases' divisions, as far as they are there. */
function useNames(of: Found): Map<string, string> {
  const w = useSpoken()
  const codes = [...new Set(of.nodes.map((n) => n.area))].sort()
  const found = useResource(`names|${codes.join()}`, async () =>
    Promise.all(codes.slice(0, 100).map(async (code) => [code, await place(code)] as const)),
  )
  return useMemo(() => new Map((found.data ?? []).map(([code, its]) => [code, w.name(its)])), [found.data, w])
}
