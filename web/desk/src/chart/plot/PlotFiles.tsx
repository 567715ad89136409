import { useState } from 'react'
import { save } from '../../forms/save'
import { savePng, saveSvg } from './files'
import { usePlotWords } from './words'

interface Props {
  title: string
  /** Whose numbers, as of when. */
  about: string
  /** The name of a saved file, without its ending. */
  file: string
  csv: () => string
  drawn: () => SVGSVGElement
}

/** A plot as data and as a picture, in files. */
export function PlotFiles({ title, about, file, csv, drawn }: Props) {
  const w = usePlotWords()
  const [unpainted, setUnpainted] = useState(false)
  const png = () => savePng(drawn(), title, about, file).catch(() => setUnpainted(true))
  const kept = [
    ['plot.csv', () => save(`${file}.csv`, `\ufeff${csv()}`, 'text/csv;charset=utf-8')],
    ['plot.svg', () => saveSvg(drawn(), title, about, file)],
    ['plot.png', () => void png()],
  ] as const
  return (
    <div className="plot-files">
      {kept.map(([key, keep]) => (
        <button
          key={key}
          type="button"
          className="push small"
          aria-label={w.t('plot.save', { title, what: w.t(key) })}
          onClick={keep}
        >
          {w.t(key)}
        </button>
      ))}
      {unpainted && <p role="alert">{w.t('plot.unpainted')}</p>}
    </div>
  )
}
