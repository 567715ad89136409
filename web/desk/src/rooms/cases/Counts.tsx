import { Select } from 'antd'
import { useId } from 'react'
import { type CaseCounts, cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { DayField, isDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { optionsOf, useTerms } from './terms'
import { useSpoken } from './words'
import type { CountKey } from './words.zh'

/** A day of the counts is a day of Chinese standard time, from 0 to 24 o'clock. */
const ZONE = '+08:00'
const DAY_MS = 86_400_000
const OF_PARTS = ['confirmed_new', 'confirmed_existing', 'suspected', 'severe', 'critical', 'deaths_cum', 'cured_cum']

/** How many cases an area has and what happened to them on a day. A computed zero is a zero. */
export function Counts() {
  const w = useSpoken()
  const { diseases } = useTerms()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const now = useNow()
  const id = useId()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const disease = filter.disease ?? 'ncov-2020'
  const today = now === null ? null : civilDay(now)
  const day = filter.day && isDay(filter.day) ? filter.day : today
  const found = useResource(
    day && `counts|${area}|${disease}|${day}`,
    (signal) => cases.counts({ area, disease, ...windowOf(day as string) }, signal),
    'keep',
    ['cases'],
  )
  return (
    <>
      <section className="card" aria-label={w.t('counts.of')}>
        <div className="case-search">
          <div className="pick inline">
            <span aria-hidden>{w.t('filter.area')}</span>
            <AreaField top={top} value={area} onChange={(code) => narrow({ area: code })} label={w.t('filter.area')} />
          </div>
          <div className="pick inline">
            <label htmlFor={`${id}-disease`}>{w.t('counts.disease')}</label>
            <Select
              id={`${id}-disease`}
              value={disease}
              popupMatchSelectWidth={false}
              onChange={(code) => narrow({ disease: code })}
              options={optionsOf(diseases, w)}
            />
          </div>
          <div className="pick inline">
            <label htmlFor={`${id}-day`}>{w.t('counts.day')}</label>
            <DayField
              id={`${id}-day`}
              key={day}
              defaultValue={day ?? ''}
              placeholder="2020-01-30"
              onChange={(typed) => isDay(typed) && narrow({ day: typed === today ? null : typed })}
            />
          </div>
        </div>
        <p className="muted small">{w.t('counts.text')}</p>
      </section>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {(found.loading || !day) && !found.data && <Loading />}
      {found.data && !found.error && day && <Counted of={found.data} day={day} />}
    </>
  )
}

function Counted({ of, day }: { of: CaseCounts; day: string }) {
  const w = useSpoken()
  return (
    <>
      <div className="counts">
        <Numbers title={w.t('counts.stocks', { day: w.day(day) })} of={of.stocks} />
        <Numbers title={w.t('counts.flows', { day: w.day(day) })} of={of.flows} />
      </div>
      <Parts of={of} />
      <Sums of={of} />
    </>
  )
}

function Numbers({ title, of }: { title: string; of: Record<string, number> }) {
  const w = useSpoken()
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl className="numbers">
        {Object.entries(of).map(([name, n]) => (
          <div key={name} data-count={name}>
            <dt>{titleOf(name, w)}</dt>
            <dd>{name.endsWith('_delta') ? w.signed(n) : w.n(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Parts({ of }: { of: CaseCounts }) {
  const w = useSpoken()
  const id = useId()
  if (!of.parts.length) return null
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('counts.parts')}</h2>
      <Grid
        label={w.t('counts.parts')}
        rows={of.parts}
        keyOf={(part) => part.area}
        columns={[
          { key: 'area', title: w.t('filter.area'), head: true, cell: (part) => w.name(part) },
          ...OF_PARTS.map((name) => ({
            key: name,
            title: titleOf(name, w),
            className: 'number',
            cell: (part: CaseCounts['parts'][number]) => w.n(part.stocks[name] ?? part.flows[name] ?? 0),
          })),
        ]}
      />
    </section>
  )
}

/** The sums that must close. */
function Sums({ of }: { of: CaseCounts }) {
  const w = useSpoken()
  const id = useId()
  if (!of.checks.length) return null
  const broken = of.checks.filter((c) => !c.holds)
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('counts.checks')}</h2>
      <p className={broken.length ? 'tag warns' : 'tag active'}>
        {w.t(broken.length ? 'counts.checks.broken' : 'counts.checks.hold', {
          n: w.n(broken.length || of.checks.length),
        })}
      </p>
      <ul className="entries">
        {broken.map((c) => (
          <li key={c.name}>
            {w.name(c)} <strong>{`${w.n(c.left)} ≠ ${w.n(c.right)}`}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}

function titleOf(name: string, w: ReturnType<typeof useSpoken>): string {
  return w.t(`count.${name}` as CountKey) ?? name
}

function windowOf(day: string): { since: string; until: string } {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return { since: `${day}T00:00:00${ZONE}`, until: `${next}T00:00:00${ZONE}` }
}
