import type { Facts } from '../../api/situation'
import { useSpoken } from './words'

const WIDE = 560
const HIGH = 72
const SHOWN = 6

type All = Facts['revisions']

/** How the figure of this day changed as facts came in. */
export function Revisions({ of, until }: { of: All; until: string }) {
  const w = useSpoken()
  if (!of.length) return null
  const newest = [...of].reverse()
  const line = (one: All[number]) => (
    <li key={`${one.seq}.${one.known_at}`}>
      <strong>{one.n === null ? w.t('si.not_recorded') : w.n(one.n)}</strong>
      <span>{w.t('si.revised.from', { moment: w.stamp(one.known_at) })}</span>
      <span className="muted small">#{w.n(one.seq)}</span>
    </li>
  )
  return (
    <section>
      <h3>{w.t('si.revised', { n: w.n(of.length) })}</h3>
      {of.length > 1 && <Staircase of={of} until={until} label={w.t('si.revised', { n: w.n(of.length) })} />}
      <ol className="lines revisions">{newest.slice(0, SHOWN).map(line)}</ol>
      {newest.length > SHOWN && (
        <details>
          <summary>{w.t('si.revised.rest', { n: w.n(newest.length - SHOWN) })}</summary>
          <ol className="lines revisions">{newest.slice(SHOWN).map(line)}</ol>
        </details>
      )}
    </section>
  )
}

/** A step for each change, over the time in which it came. */
function Staircase({ of, until, label }: { of: All; until: string; label: string }) {
  const times = of.map((one) => Date.parse(one.known_at))
  const [from, to] = [Math.min(...times), Math.max(...times, Date.parse(until))]
  const most = Math.max(1, ...of.map((one) => one.n ?? 0))
  const x = (at: number) => Math.round(((at - from) / Math.max(1, to - from)) * (WIDE - 12)) + 2
  const y = (n: number) => Math.round(HIGH - 4 - (n / most) * (HIGH - 12))
  const steps = of.map((one, at) => `${at ? 'H' : 'M'}${x(times[at] as number)}${at ? 'V' : ' '}${y(one.n ?? 0)}`)
  return (
    <svg className="staircase" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={label} preserveAspectRatio="none">
      <path d={`M0 ${HIGH - 1}H${WIDE}`} stroke="var(--line-strong)" />
      <path
        d={`${steps.join('')}H${WIDE}`}
        fill="none"
        stroke="var(--data-line)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
