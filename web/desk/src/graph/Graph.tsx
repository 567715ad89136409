import { useEffect, useMemo, useRef, useState } from 'react'
import { useColours } from '../look'
import type { Axis } from './layout'
import { type Drawn, type DrawnEdge, picture } from './picture'
import { Stage } from './stage'

interface Props {
  nodes: readonly Drawn[]
  edges: readonly DrawnEdge[]
  axis: Axis
  /** What the picture shows, for whoever cannot see it; the list beside it has the same cases. */
  label: string
  chosen: string | null
  choose: (id: string | null) => void
}

/** The transmission graph: thousands of cases, moved and zoomed by hand. */
export function Graph({ nodes, edges, axis, label, chosen, choose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const stage = useRef<Stage | null>(null)
  const [drawn, setDrawn] = useState(false)
  const chooseRef = useRef(choose)
  chooseRef.current = choose
  const seen = useColours()
  const colours = useMemo(
    () => ({
      ink: seen('--ink'),
      line: seen('--line'),
      accent: seen('--accent'),
      warns: seen('--warns'),
      fails: seen('--fails'),
    }),
    [seen],
  )
  const coloursRef = useRef(colours)
  coloursRef.current = colours
  const of = useMemo(() => picture(nodes, edges, axis), [nodes, edges, axis])
  useEffect(() => {
    if (!canvas.current) return
    const made = new Stage(
      canvas.current,
      of,
      coloursRef.current,
      () => setDrawn(true),
      (id) => chooseRef.current(id),
    )
    stage.current = made
    return () => {
      stage.current = null
      made.end()
    }
  }, [of])
  useEffect(() => stage.current?.dye(colours), [colours])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is told, too.
  useEffect(() => stage.current?.mark(chosen), [chosen, of])
  return (
    <div className="graph" role="img" aria-label={label} aria-busy={!drawn}>
      <canvas ref={canvas} />
    </div>
  )
}
