import { CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { CurvePoint } from '../api/types'
import { useWords } from '../i18n'
import { useColours } from '../look'
import { options } from './options'

use([LineChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

/** The chart is a picture for those who see it; the table beside it holds the same numbers. */
export default function Curve({ points, label }: { points: CurvePoint[]; label: string }) {
  const w = useWords()
  const colour = useColours()
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chart: EChartsType = init(holder.current, undefined, { renderer: 'svg' })
    chart.setOption(options(points, w, colour))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(holder.current as HTMLDivElement)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [points, w, colour])
  return <div ref={holder} className="chart" role="img" aria-label={label} />
}
