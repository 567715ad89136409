import type { StationCard } from '../../api/isolation'
import { Grid } from '../../forms/Grid'
import type { Names } from '../isolation/names'
import { useSpoken } from './words'

/** What was done in a station: rounds, the times without one, logs, added beds, and the record. */
export function Past({ card, names }: { card: StationCard; names: Names }) {
  const w = useSpoken()
  const by = (code: string) => card.names[code] ?? code
  const called = (person: string) => names.of(person) || w.t('card.who', { id: person.slice(-6) })
  return (
    <>
      <div className="sums">
        <section className="card">
          <h2>{w.t('card.rounds')}</h2>
          {!card.rounds.length && <p className="muted">{w.t('card.rounds.none')}</p>}
          <Rounds of={card.rounds.slice(0, LATELY)} called={called} by={by} />
          {card.rounds.length > LATELY && (
            <details className="fold">
              <summary>{w.t('card.rounds.earlier', { n: w.n(card.rounds.length - LATELY) })}</summary>
              <Rounds of={card.rounds.slice(LATELY)} called={called} by={by} />
            </details>
          )}
        </section>
        <section className="card">
          <h2>{w.t('card.gaps')}</h2>
          <Gaps card={card} called={called} />
        </section>
        <section className="card">
          <h2>{w.t('card.logs')}</h2>
          {!card.logs.length && <p className="muted">{w.t('card.logs.none')}</p>}
          <ol className="entries">
            {[...card.logs]
              .sort((a, b) => b.day.localeCompare(a.day))
              .map((one) => (
                <li key={one.day}>
                  {w.t('card.log', { day: w.day(one.day), on_duty: w.n(one.on_duty), residents: w.n(one.residents) })}
                  {one.said && <span className="block lines">{one.said}</span>}
                  <span className="muted block small">
                    {w.t('card.known', { by: by(one.author), at: w.stamp(one.at) })}
                  </span>
                </li>
              ))}
          </ol>
        </section>
        <section className="card">
          <h2>{w.t('card.wards')}</h2>
          {!card.wards.length && <p className="muted">{w.t('card.wards.none')}</p>}
          {card.wards.length > 0 && <Wards card={card} />}
        </section>
      </div>
      <section className="card">
        <h2>{w.t('card.timeline')}</h2>
        <ol className="timeline">
          {[...card.told].reverse().map((one) => (
            <li key={one.fact}>
              <p>
                <strong>{w.t(`kind.${one.kind}` as 'kind.station.opened')}</strong>{' '}
                <time dateTime={one.observed_at}>{w.stamp(one.observed_at)}</time>
              </p>
              <p className="muted small">{w.t('card.known', { by: by(one.author), at: w.stamp(one.received_at) })}</p>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}

/** So many rounds are shown at once: about a day of them. */
const LATELY = 8

interface RoundsProps {
  of: StationCard['rounds']
  called: (person: string) => string
  by: (code: string) => string
}

function Rounds({ of, called, by }: RoundsProps) {
  const w = useSpoken()
  return (
    <ol className="entries">
      {of.map((one) => (
        <li key={one.fact}>
          <time dateTime={one.at}>{w.stamp(one.at)}</time>{' '}
          {w.t('card.round.seen', { residents: w.n(one.residents), unseen: w.n(one.unseen.length) })}{' '}
          <span className="muted small">{by(one.author)}</span>
          {one.unseen.length > 0 && (
            <span className="late block">
              {w.t('card.unseen', { who: one.unseen.map(called).join(w.lang === 'zh' ? '、' : ', ') })}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The times in which nobody was seen; those of many people at once are told together. */
function Gaps({ card, called }: { card: StationCard; called: (person: string) => string }) {
  const w = useSpoken()
  if (!card.gaps.length) return <p className="muted">{w.t('card.gaps.none')}</p>
  const spans = new Map<string, typeof card.gaps>()
  for (const gap of card.gaps) {
    const key = `${gap.since}|${gap.until}`
    spans.set(key, [...(spans.get(key) ?? []), gap])
  }
  return (
    <ul className="entries">
      {[...spans].map(([key, of]) => {
        const [one] = of
        if (!one) return null
        const until = one.until ? w.stamp(one.until) : w.t('card.gap.now')
        const told = { since: w.stamp(one.since), until }
        return (
          <li key={key} className={one.until ? undefined : 'late'}>
            {of.length > 1
              ? w.t('card.gap.many', { n: w.n(of.length), ...told })
              : w.t('card.gap', { who: called(one.person), ...told })}
          </li>
        )
      })}
    </ul>
  )
}

function Wards({ card }: { card: StationCard }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('card.wards')}
      rows={card.wards}
      keyOf={(one) => `${one.ward}${one.first}`}
      columns={[
        { key: 'ward', title: w.t('card.ward'), head: true, cell: (one) => one.ward },
        { key: 'beds', title: w.t('card.beds'), cell: (one) => w.n(one.beds), className: 'number' },
        {
          key: 'kind',
          title: w.t('st.mode'),
          cell: (one) => w.t(one.temporary ? 'card.temporary' : 'card.permanent'),
        },
        { key: 'first', title: w.t('card.first'), cell: (one) => w.day(one.first) },
        { key: 'last', title: w.t('card.last'), cell: (one) => (one.last ? w.day(one.last) : '—') },
      ]}
    />
  )
}
