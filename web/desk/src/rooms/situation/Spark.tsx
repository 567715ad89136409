import { sparkBars } from './numbers'
import { useSpoken } from './words'

const WIDE = 112
const HIGH = 24

/** The last days of an area as small bars, on one scale with the areas beside it. */
export function Spark({ values, most, label }: { values: readonly (number | null)[]; most: number; label: string }) {
  const w = useSpoken()
  if (!values.length) return null
  const said = values.map((value) => (value === null ? '—' : w.n(value))).join(w.t('list.comma'))
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      role="img"
      aria-label={w.t('si.spark.label', { area: label, days: values.length, said })}
    >
      <path d={`M0 ${HIGH - 0.5}H${WIDE}`} stroke="var(--line-strong)" />
      {sparkBars(values, WIDE, HIGH - 2, most).map((bar) => (
        <rect
          key={bar.x}
          x={bar.x}
          width={bar.width}
          y={HIGH - 1 - bar.height}
          height={bar.height}
          fill="var(--data-line)"
        />
      ))}
    </svg>
  )
}
