import { useId } from 'react'
import type { CaseCard } from '../../api/cases'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Term } from '../../parts/Term'
import { shortStamp } from './cells'
import { type Spoken, useSpoken } from './words'

const MINUTE_MS = 60_000

/** What has to be done on a case, and until when. */
export function Duties({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const now = useNow()
  const id = useId()
  const open = card.obligations.filter((o) => !o.done_at)
  const done = card.obligations.filter((o) => o.done_at)
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('duties.title')}</h2>
      {!card.obligations.length && <p className="muted">{w.t('duties.none')}</p>}
      <ul className="duties">
        {[...open, ...done].map((o) => {
          const left = now === null ? null : Date.parse(o.due) - now
          const late = o.done_at ? Date.parse(o.done_at) > Date.parse(o.due) : left !== null && left < 0
          return (
            <li key={o.task} className={o.done_at ? 'done' : late ? 'late' : undefined}>
              <strong>{w.t(`rule.${o.rule}` as 'rule.case.verify') ?? o.rule}</strong>
              <span>
                {o.done_at ? w.t('duties.done', { at: shortStamp(o.done_at, w) }) : left !== null && clock(left, w)}
              </span>
              <span className="muted small">{w.t('duties.due', { at: shortStamp(o.due, w) })}</span>
              {late && o.done_at && <span className="tag warns">{w.t('duties.done.late')}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** How long is left, or how long it is overdue. */
export function clock(leftMs: number, w: Spoken): string {
  const minutes = Math.floor(Math.abs(leftMs) / MINUTE_MS)
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  const span = h >= 48 ? w.t('span.days', { d: w.n(Math.floor(h / 24)) }) : w.t('span.hours', { h: w.n(h), m: w.n(m) })
  return w.t(leftMs < 0 ? 'clock.late' : 'clock.left', { span })
}

/** The four or five steps that should come early, in hours. */
export function Intervals({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const id = useId()
  const hours = (low: number | null, high: number | null) => {
    if (low === null || high === null) return <span className="null">{w.t('early.open')}</span>
    return low === high
      ? w.t('early.h', { h: w.n(round(low)) })
      : w.t('early.range', { low: w.n(round(low)), high: w.n(round(high)) })
  }
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>
        <Term room="cases" of="four earlies, five earlies">
          {w.t(card.early === 'five' ? 'early.five' : 'early.four')}
        </Term>
      </h2>
      {!card.intervals.length && <p className="muted">{w.t('early.none')}</p>}
      {card.intervals.length > 0 && (
        <Grid
          label={w.t('early.label')}
          rows={card.intervals}
          keyOf={(i) => i.name}
          columns={[
            { key: 'step', title: w.t('early.step'), head: true, cell: (i) => w.name(i) },
            { key: 'hours', title: w.t('early.hours'), cell: (i) => hours(i.low_h, i.high_h) },
            {
              key: 'limit',
              title: w.t('early.limit'),
              cell: (i) => (
                <>
                  {i.limit_h !== null && w.t('early.within', { h: w.n(i.limit_h) })}{' '}
                  {i.late === true && <span className="tag warns">{w.t('early.late')}</span>}
                  {i.late === false && <span className="tag active">{w.t('early.in_time')}</span>}
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

const round = (hours: number) => Math.round(hours * 10) / 10
