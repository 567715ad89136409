import { Button } from 'antd'
import { useId } from 'react'
import type { CaseCard } from '../../api/cases'
import { TimeField } from '../../forms/TimeField'
import { shortStamp } from './cells'
import { useSpoken } from './words'

/** As of which moment, by what was known at which time; null is now. */
export interface Standing {
  asOf: string | null
  knownAt: string | null
}

interface Props {
  /** As it is now: its facts are the steps of the slider. */
  card: CaseCard
  at: Standing
  change: (at: Standing) => void
}

/** A slider over what happened, and a moment up to which it was known. */
export function AsOf({ card, at, change }: Props) {
  const w = useSpoken()
  const id = useId()
  const steps = [...new Set(card.timeline.map((f) => f.at))].sort((a, b) => Date.parse(a) - Date.parse(b))
  const place = at.asOf === null ? steps.length : steps.indexOf(at.asOf)
  const said = at.asOf === null ? w.t('asof.today') : shortStamp(at.asOf, w)
  const past = at.asOf !== null || at.knownAt !== null
  return (
    <section className={past ? 'card as-of past' : 'card as-of'} aria-label={w.t('asof.label')}>
      <div className="as-of-slider">
        <label htmlFor={id}>
          {w.t('asof.slider')} <strong>{said}</strong>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={steps.length}
          step={1}
          value={place}
          aria-valuetext={said}
          onChange={(e) => change({ ...at, asOf: steps[Number(e.target.value)] ?? null })}
        />
      </div>
      <div className="as-of-known">
        <label htmlFor={`${id}-known`}>{w.t('asof.known')}</label>
        <TimeField
          id={`${id}-known`}
          value={at.knownAt}
          onChange={(knownAt) => change({ ...at, knownAt })}
          aria-describedby={`${id}-help`}
        />
        <span id={`${id}-help`} className="muted small">
          {w.t('asof.known.help')}
        </span>
      </div>
      {past && (
        <p role="status">
          <strong>{w.t('asof.past')}</strong>{' '}
          <Button size="small" onClick={() => change({ asOf: null, knownAt: null })}>
            {w.t('asof.now')}
          </Button>
        </p>
      )}
    </section>
  )
}
