import cytoscape, { type Core, type ElementDefinition } from 'cytoscape'
import { useEffect, useRef } from 'react'
import { type Axis, type Edge, lay, type Node } from './layout'

export interface Drawn extends Node {
  label: string
  /** A class of the style sheet: what the case counts as. */
  kind: string
  /** Something about it is to be looked at: an onset before its infector's. */
  flagged: boolean
}

export interface DrawnEdge extends Edge {
  certainty: string
}

interface Props {
  nodes: readonly Drawn[]
  edges: readonly DrawnEdge[]
  axis: Axis
  /** What the picture shows, for whoever cannot see it; the list beside it has the same cases. */
  label: string
  chosen: string | null
  choose: (id: string | null) => void
}

/** How far above its first row the title of a group stands: within the gap between groups. */
const TITLE_ABOVE = 38

/** The transmission graph: thousands of cases, moved and zoomed by hand. */
export function Graph({ nodes, edges, axis, label, chosen, choose }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const core = useRef<Core | null>(null)
  const chooseRef = useRef(choose)
  chooseRef.current = choose
  useEffect(() => {
    if (!box.current) return
    const drawn = cytoscape({
      container: box.current,
      elements: elements(nodes, edges, axis),
      layout: { name: 'preset', fit: true, padding: 32 },
      style: sheet(box.current),
      minZoom: 0.02,
      maxZoom: 3,
      // A picture of the graph is moved while it is dragged: drawing every arrow anew would not be smooth.
      textureOnViewport: nodes.length > 800,
      hideEdgesOnViewport: nodes.length > 2500,
      pixelRatio: nodes.length > 2500 ? 1 : 'auto',
      autoungrabify: true,
      boxSelectionEnabled: false,
    })
    drawn.on('tap', (event) => chooseRef.current(event.target === drawn ? null : event.target.id()))
    core.current = drawn
    return () => {
      core.current = null
      drawn.destroy()
    }
  }, [nodes, edges, axis])
  useEffect(() => {
    const drawn = core.current
    if (!drawn) return
    drawn.$('.chosen').removeClass('chosen')
    if (chosen) drawn.getElementById(chosen).addClass('chosen').connectedEdges().addClass('chosen')
  }, [chosen])
  return <div ref={box} className="graph" role="img" aria-label={label} />
}

/** The cases, their ties, and above each group its title. */
export function elements(nodes: readonly Drawn[], edges: readonly DrawnEdge[], axis: Axis): ElementDefinition[] {
  const { places, groups } = lay(nodes, edges, axis)
  return [
    ...groups
      .filter((g) => g.id)
      .map((g) => ({
        data: { id: `group ${g.id}`, label: g.id },
        position: { x: g.x, y: g.y - TITLE_ABOVE },
        classes: 'group',
      })),
    ...nodes.map((n) => ({
      data: { id: n.id, label: n.label },
      position: places.get(n.id),
      classes: n.flagged ? `${n.kind} flagged` : n.kind,
    })),
    ...edges
      .filter((e) => places.has(e.from) && places.has(e.to))
      .map((e) => ({ data: { id: `${e.from}>${e.to}`, source: e.from, target: e.to }, classes: e.certainty })),
  ]
}

/** Colours are the page's own, so that both themes and the printed page keep their meaning. */
function sheet(box: HTMLElement): cytoscape.StylesheetStyle[] {
  const of = (name: string) => getComputedStyle(box).getPropertyValue(name).trim()
  const [ink, line, accent, warn, bad] = ['--ink', '--line', '--accent', '--warns', '--fails'].map(of)
  return [
    {
      selector: 'node',
      style: {
        width: 14,
        height: 14,
        'background-color': line,
        'border-width': 1.5,
        'border-color': ink,
        label: 'data(label)',
        color: ink,
        'font-size': 10,
        'min-zoomed-font-size': 7,
        'text-valign': 'top',
        'text-halign': 'center',
        'text-margin-y': -2,
      },
    },
    {
      selector: 'node.group',
      style: {
        width: 1,
        height: 1,
        'background-opacity': 0,
        'border-width': 0,
        'font-size': 15,
        'font-weight': 'bold',
        'min-zoomed-font-size': 5,
        'text-valign': 'center',
        'text-halign': 'right',
        events: 'no',
      },
    },
    { selector: 'node.confirmed', style: { 'background-color': bad } },
    { selector: 'node.clinical, node.probable', style: { 'background-color': warn } },
    { selector: 'node.suspected, node.reported', style: { 'background-color': line, shape: 'round-diamond' } },
    { selector: 'node.asymptomatic', style: { 'background-color': accent, shape: 'round-rectangle' } },
    { selector: 'node.excluded', style: { 'background-opacity': 0.15, 'border-style': 'dashed' } },
    { selector: 'node.flagged', style: { 'border-color': bad, 'border-width': 3 } },
    {
      selector: 'edge',
      style: {
        width: 1.2,
        'line-color': ink,
        opacity: 0.55,
        'curve-style': 'straight',
        'target-arrow-shape': 'triangle',
        'target-arrow-color': ink,
        'arrow-scale': 0.7,
      },
    },
    { selector: 'edge.probable', style: { 'line-style': 'dashed' } },
    { selector: 'edge.possible', style: { 'line-style': 'dotted' } },
    { selector: 'node.chosen', style: { 'border-color': accent, 'border-width': 4, width: 20, height: 20 } },
    { selector: 'edge.chosen', style: { 'line-color': accent, 'target-arrow-color': accent, width: 2.4, opacity: 1 } },
  ]
}
