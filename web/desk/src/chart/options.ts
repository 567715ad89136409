import type { CustomSeriesRenderItem } from 'echarts/types/dist/shared'
import type { CurvePoint } from '../api/types'
import type { Words } from '../i18n'
import { wallMs } from '../moments'
import { type Colour, typeface } from '../look'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A line of the cumulative count; a bar of the new count as wide as the window that it was counted over. */
export function options(points: readonly CurvePoint[], w: Words, colour: Colour): Record<string, unknown> {
  const [ink, muted, accent, bar] = [colour('--ink'), colour('--muted'), colour('--data-line'), colour('--data-bar')]
  const cum = points.filter((p) => p.values.confirmed_cum != null)
  // Windows can overlap: the shorter stands before the longer.
  const fresh = points
    .filter((p) => p.values.confirmed_new != null)
    .sort((a, b) => (b.window_hours ?? 0) - (a.window_hours ?? 0))
  const times = points.map((p) => wallMs(p.as_of))
  const starts = points.map((p) => wallMs(p.as_of) - (p.window_hours ?? 0) * HOUR)
  const unequal = new Set(fresh.map((p) => p.window_hours)).size > 1
  const lone = points.length === 1
  const count = (value: number) => (Number.isInteger(value) ? w.n(value) : '')
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: typeface(), color: ink },
    grid: { left: 8, right: 8, top: 44, bottom: 4, containLabel: true },
    legend: {
      top: 4,
      left: 0,
      itemGap: 18,
      itemWidth: 16,
      textStyle: { color: ink },
      data: [w.t('curve.cum'), w.t('curve.new')],
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: colour('--paper'),
      borderColor: colour('--line'),
      textStyle: { color: ink, fontFamily: typeface() },
      formatter: (at: { dataIndex: number; seriesName: string }) =>
        tip((at.seriesName === w.t('curve.cum') ? cum : fresh)[at.dataIndex], w),
    },
    xAxis: {
      type: 'time',
      min: Math.min(...starts) - (lone ? DAY / 4 : DAY / 12),
      max: Math.max(...times) + (lone ? DAY / 4 : DAY / 6),
      axisLabel: { color: muted, hideOverlap: true, formatter: (at: number) => axisDay(at) },
      minInterval: DAY,
      axisLine: { lineStyle: { color: colour('--line-strong') } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: muted, formatter: count },
      splitLine: { lineStyle: { color: colour('--line') } },
    },
    series: [
      {
        name: w.t('curve.new'),
        type: 'custom',
        itemStyle: { color: bar },
        renderItem: windowBar(unequal, points.length <= 8, w, colour),
        encode: { x: [0, 1], y: 2 },
        data: fresh.map((p) => {
          const end = wallMs(p.as_of)
          return [end - (p.window_hours ?? 0) * HOUR, end, p.values.confirmed_new, p.window_hours ?? 0]
        }),
      },
      {
        name: w.t('curve.cum'),
        type: 'line',
        symbol: 'circle',
        symbolSize: 8,
        lineStyle: { width: 2.2, color: accent },
        itemStyle: { color: accent },
        label: { show: points.length <= 16, position: 'top', color: accent, fontWeight: 600, formatter: labelOf(w) },
        data: cum.map((p) => [wallMs(p.as_of), p.values.confirmed_cum]),
      },
    ],
  }
}

const labelOf = (w: Words) => (at: { value: [number, number] }) => w.n(at.value[1])

/** Days of the notices' own clock. */
function axisDay(at: number): string {
  const local = new Date(at)
  return `${local.getUTCMonth() + 1}/${local.getUTCDate()}`
}

function tip(point: CurvePoint | undefined, w: Words): string {
  if (!point) return ''
  const line = (key: 'curve.cum' | 'curve.new', n: number | null | undefined) =>
    `${w.t(key)}&ensp;<b>${n == null ? w.t('null') : w.n(n)}</b>`
  const window = point.window_hours === null ? w.t('null') : w.t('curve.hours', { n: w.n(point.window_hours) })
  return [
    w.t('head.as_of', { moment: w.moment(point.as_of) }),
    line('curve.cum', point.values.confirmed_cum),
    line('curve.new', point.values.confirmed_new),
    `${w.t('curve.window')}&ensp;${window}`,
  ].join('<br>')
}

/** A bar from the start of the window to its end; its length in hours stands above it where lengths differ. */
function windowBar(unequal: boolean, few: boolean, w: Words, colour: Colour): CustomSeriesRenderItem {
  return (_params, api) => {
    const [from, to, n, hours] = [0, 1, 2, 3].map((i) => Number(api.value(i))) as [number, number, number, number]
    const [left = 0, top = 0] = api.coord([from, n])
    const [right = 0, base = 0] = api.coord([to, 0])
    const width = Math.max(3, right - left - 1)
    const note = hours ? (unequal ? `${w.n(n)} / ${w.t('curve.hours', { n: w.n(hours) })}` : w.n(n)) : w.n(n)
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: right - width, y: top, width, height: base - top },
          style: { fill: colour('--data-bar'), stroke: colour('--paper') },
        },
        {
          type: 'text',
          style: {
            text: few || width > 24 ? note : '',
            x: right - width / 2,
            y: top - 4,
            align: 'center',
            verticalAlign: 'bottom',
            fill: colour('--muted'),
            fontSize: 11,
            fontFamily: typeface(),
          },
        },
      ],
    }
  }
}
