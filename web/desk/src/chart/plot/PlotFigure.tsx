import '../../styles/plot.css'
import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Grid } from '../../forms/Grid'
import { Drawing } from './Drawing'
import { PlotFiles } from './PlotFiles'
import { type Column, csvOf, type Picture } from './picture'
import { daysOf } from './scale'
import { usePlotWords } from './words'

const HEIGHT = 260
const NARROWEST = 280

interface Props {
  title: string
  /** What the plot says, in plain words. */
  reading?: ReactNode
  picture: Picture
  columns: Column[]
  /** How a value is written. */
  say: (value: number) => string
  /** Whose numbers, as of when: a line under the title of a saved picture, and the first columns of the saved data. */
  about: { line: string; columns: Record<string, string> }
  /** The name of a saved file, without its ending. */
  file: string
  height?: number
  /** A day that is clicked; the same choice stands elsewhere for the keyboard. */
  choose?: (day: string) => void
  children?: ReactNode
}

/** A plot with what it says in words, the same numbers as a table, and all three as files. */
export function PlotFigure({
  title,
  reading,
  picture,
  columns,
  say,
  about,
  file,
  height = HEIGHT,
  choose,
  children,
}: Props) {
  const w = usePlotWords()
  const id = useId()
  const [holder, width] = useWidth()
  const [pointed, point] = useState<string | null>(null)
  const days = daysOf(picture.from, picture.to)
  return (
    <section className="card plot" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <PlotFiles
          title={title}
          about={about.line}
          file={file}
          csv={() => csvOf(days, columns, about.columns)}
          drawn={() => holder.current?.querySelector('svg') as SVGSVGElement}
        />
      </header>
      {reading && <div className="reading-line">{reading}</div>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: what is chosen by a click stands beside the plot for the keyboard too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        ref={holder}
        className={choose ? 'plot-holder chooses' : 'plot-holder'}
        onPointerMove={(e) => point(dayAt(e, picture, width))}
        onPointerLeave={() => point(null)}
        onClick={() => pointed && choose?.(pointed)}
      >
        <Drawing of={picture} width={width} height={height} label={title} say={say} pointed={pointed} />
      </div>
      <p className="plot-tip small" aria-hidden="true">
        {pointed && (
          <>
            <b>{w.day(pointed)}</b>
            {columns.map((one) => {
              const value = one.of(pointed)
              return value == null ? null : <span key={one.key}>{`${one.title} ${say(value)}`}</span>
            })}
          </>
        )}
      </p>
      {children}
      <details>
        <summary>{w.t('plot.numbers')}</summary>
        <Grid
          label={title}
          rows={[...days].reverse()}
          keyOf={(day) => day}
          columns={[
            { key: 'day', title: w.t('plot.day'), head: true, cell: (day) => w.day(day) },
            ...columns.map((one) => ({
              key: one.key,
              title: one.title,
              cell: (day: string) => {
                const value = one.of(day)
                return value == null ? '—' : say(value)
              },
            })),
          ]}
        />
      </details>
    </section>
  )
}

/** The width that there is, so that type keeps its size on a narrow page. */
function useWidth() {
  const holder = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(NARROWEST)
  useEffect(() => {
    const watch = new ResizeObserver(([seen]) => {
      const wide = Math.round(seen?.contentRect.width ?? 0)
      if (wide > 0) setWidth(Math.max(NARROWEST, wide))
    })
    watch.observe(holder.current as HTMLDivElement)
    return () => watch.disconnect()
  }, [])
  return [holder, width] as const
}

/** The day under the pointer; the drawing's left edge is told by the first day's place in it. */
function dayAt(e: PointerEvent<HTMLDivElement>, of: Picture, width: number): string | null {
  const box = e.currentTarget.getBoundingClientRect()
  const svg = e.currentTarget.querySelector('svg')
  const [left, step] = [Number(svg?.dataset.left), Number(svg?.dataset.step)]
  const at = Math.floor((((e.clientX - box.left) / box.width) * width - left) / step)
  return daysOf(of.from, of.to)[at] ?? null
}
