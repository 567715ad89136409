import { useEffect, useId, useState } from 'react'
import { useResource } from '../../api/resource'
import { situation } from '../../api/situation'
import { endOf } from '../../moments'
import { Choice } from '../../parts/Choice'
import { written } from './groups'
import type { Shared } from './Situation'
import { useSteps } from './steps'
import { CURVES, dayChosen, type Reading, sinceOf, spanOf } from './view'
import { useSpoken } from './words'

const STEP_MS = 700
/** Whoever asks for less motion has longer to look at each day. */
const CALM_STEP_MS = 2_000

/** The days of the outbreak: chosen, stepped through or played, as they are known now or as each was known at its end. */
export function TimeBar(props: Shared & { busy: boolean }) {
  const { whole, look, today, reading, busy } = props
  const w = useSpoken()
  const id = useId()
  const [replays, setReplays] = useState(reading === 'then')
  const found = useResource(`span|${whole.area.code}|${today}`, (signal) =>
    situation.days(whole.area.code, CURVES.confirmation, { since: sinceOf(today), known_at: null }, signal),
  )
  const days = spanOf(found.data?.days ?? [], today)
  const day = props.view.day ?? today
  const at = Math.max(0, days.indexOf(day))
  const last = days.length - 1
  const mode: Reading = reading === 'other' ? 'other' : replays ? 'then' : 'now'
  const choose = (to: number, as: Reading = mode) => {
    const chosen = days[Math.max(0, Math.min(last, to))]
    if (chosen) look(dayChosen(chosen, today, as))
  }
  const [playing, play] = usePlay(busy, at < last, () => choose(at + 1))
  return (
    <section className="time-bar" aria-label={w.t('si.time')}>
      <div className="time-line">
        <button
          type="button"
          className="play"
          aria-label={w.t(playing ? 'si.time.pause' : 'si.time.play')}
          title={w.t(playing ? 'si.time.pause' : 'si.time.play')}
          onClick={() => {
            if (!playing && at === last) choose(0)
            play(!playing)
          }}
        >
          <Sign playing={playing} />
        </button>
        <label htmlFor={id} className="sr">
          {w.t('si.time.day')}
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={w.day(day)}
          onChange={(e) => {
            play(false)
            choose(Number(e.target.value))
          }}
        />
        <output htmlFor={id} className="the-day">
          {w.day(day)}
        </output>
        <button
          type="button"
          className="to-today"
          disabled={at === last && mode !== 'other'}
          onClick={() => choose(last, 'now')}
        >
          {w.t('si.time.today')}
        </button>
      </div>
      <Choice<Reading>
        aria-label={w.t('si.reading')}
        value={mode}
        onChange={(as) => {
          setReplays(as === 'then')
          choose(at, as)
        }}
        options={[
          { value: 'now', label: w.t('si.reading.now') },
          { value: 'then', label: w.t('si.reading.then') },
          ...(mode === 'other' ? [{ value: 'other' as const, label: w.moment(whole.known_at) }] : []),
        ]}
      />
      <Both {...props} still={playing || busy} />
    </section>
  )
}

/** Steps on, a day at a time, once the day before is there. */
function usePlay(busy: boolean, goesOn: boolean, step: () => void): [boolean, (on: boolean) => void] {
  const [playing, play] = useState(false)
  useEffect(() => {
    if (!playing || busy) return
    if (!goesOn) {
      play(false)
      return
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const next = setTimeout(step, calm ? CALM_STEP_MS : STEP_MS)
    return () => clearTimeout(next)
  })
  return [playing, play]
}

/** The measure of the chosen day by both readings, side by side. */
function Both({ whole, shown, view, today, measure, reading, still }: Shared & { still: boolean }) {
  const w = useSpoken()
  const day = view.day ?? today
  const other = reading === 'now' ? endOf(day) : null
  const asked = day < today && reading !== 'other' && !still
  const found = useSteps(asked ? `${shown.area.code}|${day}|${other}` : null, () =>
    situation.figures(shown.area.code, { day, known_at: other }),
  )
  if (day === today && reading === 'now') return <p className="both">{w.t('si.time.hint')}</p>
  if (!asked || !found.data || found.loading || whole.day !== day) return <p className="both" />
  const said = (from: typeof shown) => written(from.figures[measure.key], measure, w)
  const [now, then] = reading === 'now' ? [said(shown), said(found.data)] : [said(found.data), said(shown)]
  return <p className="both">{w.t('si.reading.both', { measure: w.name(measure), then, now })}</p>
}

function Sign({ playing }: { playing: boolean }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z'} fill="currentColor" />
    </svg>
  )
}
