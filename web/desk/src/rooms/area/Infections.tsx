import { useResource } from '../../api/resource'
import { type Clocks, warning } from '../../api/warning'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import { aboutOf, DISEASE } from './about'
import { infected } from './pictures'
import { Refused } from './Refused'
import { useSpoken } from './words'

interface Props {
  area: string
  clocks: Clocks
  name: string
}

/** On which days those who fell ill were infected. */
export function Infections({ area, clocks, name }: Props) {
  const w = useSpoken()
  const found = useResource(`infections|${area}|${clocks.as_of}|${clocks.known_at}`, (signal) =>
    warning.infections(area, DISEASE, clocks, signal),
  )
  const of = found.data
  if (!of || (!of.refused && !of.days.length)) return null
  const says = of.reading && w.name(of.reading)
  if (of.refused) return <Refused title={w.t('inf.title')} why={says} />
  const about = aboutOf(of, name, clocks, w)
  return (
    <PlotFigure
      title={w.t('inf.title')}
      reading={<p>{says}</p>}
      {...infected(of, w)}
      say={(value) => w.n(Math.round(value))}
      about={about}
      file={`${about.file}-infections`}
    >
      <p className="muted small">{w.t('inf.basis', { source: of.source ?? '' })}</p>
    </PlotFigure>
  )
}
