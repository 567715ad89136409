import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Graph, GraphNode } from '../../api/contacts'
import { AreaName } from '../../forms/AreaName'
import { pathOf } from '../../route'
import { useSpoken } from './words'

interface Props {
  of: Graph
  chosen: string | null
  choose: (id: string | null) => void
}

/** The chosen case, and whom it is tied to. */
export function Side({ of, chosen, choose }: Props) {
  const w = useSpoken()
  const node = of.nodes.find((n) => n.id === chosen)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (!node) return <p className="muted side">{w.t('chains.choose')}</p>
  const from = of.edges.filter((e) => e.infectee === node.id).map((e) => ({ id: e.infector, certainty: e.certainty }))
  const to = of.edges.filter((e) => e.infector === node.id).map((e) => ({ id: e.infectee, certainty: e.certainty }))
  return (
    <div ref={box} className="side" aria-live="polite">
      <h2>{w.t('chains.case', { number: numberOf(node) })}</h2>
      <p>
        <span className="tag">{classOf(node, w)}</span>{' '}
        {node.generation === null
          ? w.t('chains.generation.none')
          : w.t('chains.generation', { n: w.n(node.generation) })}
      </p>
      <p className="muted">
        <AreaName code={node.area} /> · {onsetOf(node, w)}
      </p>
      <Ties title={w.t('chains.from')} of={of} ties={from} choose={choose} />
      <Ties title={w.t('chains.to')} of={of} ties={to} choose={choose} />
      <a href={pathOf({ room: 'case', id: node.id })}>{w.t('chains.open')}</a>
    </div>
  )
}

interface TiesProps {
  title: string
  of: Graph
  ties: { id: string; certainty: 'certain' | 'probable' | 'possible' }[]
  choose: (id: string) => void
}

function Ties({ title, of, ties, choose }: TiesProps) {
  const w = useSpoken()
  return (
    <>
      <h3>{title}</h3>
      {!ties.length && <p className="muted">{w.t('chains.nobody')}</p>}
      <ul>
        {ties.map(({ id, certainty }) => (
          <li key={id}>
            <Button type="link" size="small" onClick={() => choose(id)}>
              {numberOf(of.nodes.find((n) => n.id === id) ?? { id, number: null })}
            </Button>{' '}
            <span className="muted">{w.t(`certainty.${certainty}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

export function numberOf(node: Pick<GraphNode, 'id' | 'number'>): string {
  return node.number ?? node.id.slice(-6)
}

type Spoken = ReturnType<typeof useSpoken>
type Onset = Pick<GraphNode, 'onset_earliest' | 'onset_latest'>

export function classOf(node: Pick<GraphNode, 'as_class'>, w: Spoken): string {
  return w.t(`class.${node.as_class}` as Parameters<Spoken['t']>[0])
}

export function onsetOf(node: Onset, w: Spoken): string {
  const day = onsetDay(node, w)
  return day ? w.t('chains.onset', { day }) : w.t('chains.onset.none')
}

/** The day, or from which to which, where no single day is known. */
export function onsetDay({ onset_earliest: first, onset_latest: last }: Onset, w: Spoken): string | null {
  if (!first) return null
  return last && last !== first ? `${w.day(first)}–${w.day(last)}` : w.day(first)
}
