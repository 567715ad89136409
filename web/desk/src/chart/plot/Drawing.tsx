import { highestOf, type Layer, type Picture } from './picture'
import { dayAfter, daysApart, dayTicks, shortDay, stretches, textWidth, ticks } from './scale'

const ROW = 18
const RIGHT = 10
const BOTTOM = 22
const AGAINST = 'var(--data-alarm)'
const BREAK = 'var(--warns)'

interface Props {
  of: Picture
  width: number
  height: number
  label: string
  say: (value: number) => string
  /** The day that is pointed at. */
  pointed?: string | null
  /** Without the names of what is drawn: they are told beside it. */
  bare?: boolean
}

interface Frame {
  left: number
  top: number
  x: (day: string) => number
  y: (value: number) => number
  step: number
  base: number
}

/** A plot as one picture that needs nothing around it but its colours and its typeface: a saved file spells them out. */
export function Drawing({ of, width, height, label, say, pointed, bare }: Props) {
  const highest = highestOf(of)
  const steps = ticks(highest, false, of.parts)
  const names = bare ? { all: [], rows: 0 } : legend(of, width)
  const frame = framed(of, width, height, highest, steps.map(say), names.rows)
  const length = daysApart(of.from, of.to) + 1
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      fontFamily="var(--font)"
      fontSize={12}
      fill="var(--muted)"
      data-left={frame.left}
      data-step={frame.step}
    >
      <rect width={width} height={height} fill="var(--paper)" />
      {steps.map((value) => (
        <g key={value}>
          <line x1={frame.left} x2={width - RIGHT} y1={frame.y(value)} y2={frame.y(value)} stroke="var(--line)" />
          <text x={frame.left - 6} y={frame.y(value) + 4} textAnchor="end">
            {say(value)}
          </text>
        </g>
      ))}
      {dayTicks(length, Math.max(2, Math.floor((width - frame.left) / 52))).map((at) => {
        const day = dayAfter(of.from, at)
        return (
          <text
            key={at}
            x={frame.x(day)}
            y={height - 6}
            textAnchor={at === length - 1 && length > 3 ? 'end' : 'middle'}
          >
            {shortDay(day)}
          </text>
        )
      })}
      {of.layers.map((layer) => (
        <Drawn key={`${layer.as}|${layer.name}`} of={layer} frame={frame} highest={highest} />
      ))}
      <Against of={of} frame={frame} width={width} />
      {of.marked && <Marked x={frame.x(of.marked)} frame={frame} />}
      {pointed && (
        <line
          x1={frame.x(pointed)}
          x2={frame.x(pointed)}
          y1={frame.top}
          y2={frame.base}
          stroke="var(--ink)"
          opacity={0.5}
        />
      )}
      {names.all.map((one) => (
        <g key={one.name} transform={`translate(${one.x} ${one.y})`}>
          <Sign of={one} />
          <text x={22} y={4} fill="var(--ink)">
            {one.name}
          </text>
        </g>
      ))}
    </svg>
  )
}

function framed(of: Picture, width: number, height: number, highest: number, said: string[], rows: number): Frame {
  const left = Math.max(24, ...said.map(textWidth)) + 10
  const top = rows * ROW + 12
  const base = height - BOTTOM
  const step = (width - left - RIGHT) / (daysApart(of.from, of.to) + 1)
  return {
    left,
    top,
    base,
    step,
    x: (day) => round(left + (daysApart(of.from, day) + 0.5) * step),
    y: (value) => round(base - (Math.max(0, Math.min(value, highest)) / highest) * (base - top)),
  }
}

const round = (n: number) => Math.round(n * 10) / 10

function Drawn({ of, frame, highest }: { of: Layer; frame: Frame; highest: number }) {
  const { x, y, step, base } = frame
  if (of.as === 'band') {
    const known = stretches(of.spans, (one) => one.low !== null && one.high !== null)
    return known.map((part) => {
      const edge = (day: string, value: number | null) => `${x(day)},${y(value ?? 0)}`
      const there = part.map((one) => edge(one.day, one.high))
      const back = part.map((one) => edge(one.day, one.low)).reverse()
      const only = part[0]
      if (part.length === 1 && only) {
        const [low, high] = [y(only.low ?? 0), y(only.high ?? 0)]
        const wide = Math.min(step * 0.7, 10)
        return (
          <rect key={only.day} x={x(only.day) - wide / 2} width={wide} y={high} height={low - high} fill={of.colour} />
        )
      }
      return <polygon key={part[0]?.day} points={[...there, ...back].join(' ')} fill={of.colour} />
    })
  }
  if (of.as === 'line') {
    return stretches(of.points, (one) => one.at !== null).map((part) => (
      <polyline
        key={part[0]?.day}
        points={part.map((one) => `${x(one.day)},${y(one.at ?? 0)}`).join(' ')}
        fill="none"
        stroke={of.colour}
        strokeWidth={2}
        strokeLinecap="round"
        strokeDasharray={of.dashed ? '5 4' : undefined}
      />
    ))
  }
  const known = of.points.filter((one) => one.at !== null)
  if (of.as === 'bars') {
    const wide = Math.max(1, step * 0.78)
    return known.map((one) => (
      <rect
        key={one.day}
        x={round(x(one.day) - wide / 2)}
        width={round(wide)}
        y={y(one.at ?? 0)}
        height={round(base - y(one.at ?? 0))}
        fill={of.colour}
      />
    ))
  }
  return known.map((one) => (
    <path key={one.day} d={triangle(x(one.day), y(Math.min(one.at ?? 0, highest)) - 4)} fill={of.colour} />
  ))
}

/** A triangle that stands on its point. */
const triangle = (x: number, y: number) => `M${x} ${y}l-5 -8h10z`

function Against({ of, frame, width }: { of: Picture; frame: Frame; width: number }) {
  const { left, top, base, x, y } = frame
  return (
    <>
      {of.against && (
        <line
          x1={left}
          x2={width - RIGHT}
          y1={y(of.against.at)}
          y2={y(of.against.at)}
          stroke={AGAINST}
          strokeDasharray="6 4"
          strokeWidth={1.5}
        />
      )}
      {(of.breaks ?? [])
        .filter((one) => one.day >= of.from && one.day <= of.to)
        .map((one) => (
          <line
            key={one.day}
            x1={x(one.day) - frame.step / 2}
            x2={x(one.day) - frame.step / 2}
            y1={top}
            y2={base}
            stroke={BREAK}
            strokeDasharray="2 3"
            strokeWidth={1.5}
          />
        ))}
    </>
  )
}

/** The day that is chosen: a line with a handle at its top. */
function Marked({ x, frame }: { x: number; frame: Frame }) {
  return (
    <g stroke="var(--focus)" fill="var(--focus)">
      <line x1={x} x2={x} y1={frame.top} y2={frame.base} strokeWidth={1.5} />
      <path d={triangle(x, frame.top + 2)} stroke="none" />
    </g>
  )
}

interface Entry {
  name: string
  as: Layer['as'] | 'against' | 'break'
  colour: string
  dashed?: boolean
  x: number
  y: number
}

/** The names of what is drawn, in as many rows as they need. */
function legend(of: Picture, width: number): { all: Entry[]; rows: number } {
  const named: Omit<Entry, 'x' | 'y'>[] = of.layers.map((one) => ({
    name: one.name,
    as: one.as,
    colour: one.colour,
    dashed: one.as === 'line' && one.dashed,
  }))
  if (of.against) named.push({ name: of.against.name, as: 'against', colour: AGAINST, dashed: true })
  for (const one of of.breaks ?? [])
    if (one.day >= of.from && one.day <= of.to) named.push({ name: one.name, as: 'break', colour: BREAK })
  let x = 4
  let row = 0
  const all = named.map((one) => {
    const wide = 22 + textWidth(one.name) + 16
    if (x > 4 && x + wide > width) {
      x = 4
      row += 1
    }
    const entry = { ...one, x, y: row * ROW + 12 }
    x += wide
    return entry
  })
  return { all, rows: all.length ? row + 1 : 0 }
}

function Sign({ of }: { of: Entry }) {
  if (of.as === 'bars' || of.as === 'band') return <rect y={-5} width={16} height={10} fill={of.colour} />
  if (of.as === 'marks') return <path d={triangle(8, 5)} fill={of.colour} />
  if (of.as === 'break') return <path d="M8 -7v14" stroke={of.colour} strokeWidth={1.5} strokeDasharray="2 3" />
  return <path d="M0 0h16" stroke={of.colour} strokeWidth={2} strokeDasharray={of.dashed ? '5 4' : undefined} />
}
