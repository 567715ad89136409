import type { Spread } from '../../api/whatif'
import { shortDay, ticks } from '../../chart/plot/scale'

const WIDTH = 320
const HEIGHT = 190
const LEFT = 44
const BOTTOM = 22
const TOP = 10

interface Props {
  days: readonly Spread[]
  dates: readonly string[]
  /** The highest value of all panels that stand side by side: they share the scale. */
  highest: number
  log: boolean
  /** How many places there are, where that is known. */
  places: number | null
  label: string
  say: (value: number) => string
}

/** The bands of a figure day by day: half of the runs, nine in ten, and the middle one. What is open upwards reaches the
 * upper edge. */
export function Fan({ days, dates, highest, log, places, label, say }: Props) {
  const scale = (value: number) => (log ? Math.log1p(value) / Math.log1p(highest || 1) : value / (highest || 1))
  const x = (day: number) => LEFT + ((day + 0.5) / days.length) * (WIDTH - LEFT - 6)
  const y = (value: number | null) =>
    TOP + (1 - Math.min(value === null ? 1 : scale(value), 1)) * (HEIGHT - TOP - BOTTOM)
  const band = (low: number, high: number) => {
    const there = days.map((its, day) => `${x(day)},${y(its[high] ?? null)}`)
    const back = days.map((its, day) => `${x(day)},${y(its[low] ?? null)}`).reverse()
    return [...there, ...back].join(' ')
  }
  const steps = ticks(highest, log)
  const marks = [0, Math.floor((days.length - 1) / 2), days.length - 1]
  return (
    <svg className="fan" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {steps.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - 6} y1={y(value)} y2={y(value)} className="rule" />
          <text x={LEFT - 5} y={y(value) + 4} textAnchor="end">
            {say(value)}
          </text>
        </g>
      ))}
      <polygon points={band(0, 4)} className="nine" />
      <polygon points={band(1, 3)} className="half" />
      <polyline points={days.map((its, day) => `${x(day)},${y(its[2] ?? null)}`).join(' ')} className="middle" />
      {places !== null && places <= highest && (
        <line x1={LEFT} x2={WIDTH - 6} y1={y(places)} y2={y(places)} className="places" />
      )}
      {marks.map((day) => (
        <text key={day} x={x(day)} y={HEIGHT - 6} textAnchor={day === days.length - 1 ? 'end' : 'middle'}>
          {shortDay(dates[day] ?? '')}
        </text>
      ))}
    </svg>
  )
}
