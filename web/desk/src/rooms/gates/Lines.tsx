import { Input } from 'antd'
import { useId } from 'react'
import { type DefenceLine, gates } from '../../api/gates'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { Grid } from '../../forms/Grid'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** Today and the six days before it. */
const WEEK_MS = 6 * 86_400_000

/** Three lines of defence as a funnel: whom each has screened and found, and what the one before had missed. */
export function Lines() {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const now = session?.server_time ?? ''
  const asked = {
    area: filter.area ?? session?.area ?? '',
    since: filter.since ?? (now && civilDay(Date.parse(now) - WEEK_MS)),
    until: filter.until ?? civilDay(now),
  }
  const found = useResource(`lines|${Object.values(asked).join('|')}`, (signal) => gates.lines(asked, signal), 'keep', [
    'gates',
    'cases',
  ])
  return (
    <>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('gt.area')}</span>
          <AreaField
            top={session?.area ?? ''}
            value={asked.area}
            onChange={(area) => narrow({ area })}
            label={w.t('gt.area')}
          />
        </div>
        {(['since', 'until'] as const).map((name) => (
          <div key={name} className="pick inline">
            <label htmlFor={`${id}-${name}`}>{w.t(`line.${name}`)}</label>
            <Input
              id={`${id}-${name}`}
              type="date"
              value={asked[name]}
              onChange={(e) => narrow({ [name]: e.target.value || null })}
            />
          </div>
        ))}
      </search>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Funnel rows={found.data} />}
    </>
  )
}

function Funnel({ rows }: { rows: DefenceLine[] }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('gt.tab.lines')}>
      <p className="muted">{w.t('line.text')}</p>
      <Grid
        label={w.t('gt.tab.lines')}
        rows={rows}
        keyOf={(one) => String(one.number)}
        columns={[
          { key: 'line', title: w.t('line.line'), head: true, cell: (one) => w.t(`line.${one.number as 1 | 2 | 3}`) },
          {
            key: 'screened',
            title: w.t('line.screened'),
            cell: (one) =>
              one.screened === null ? (
                <span className="null">{w.t('line.unknown')}</span>
              ) : (
                w.t('line.times', { n: w.n(one.screened) })
              ),
          },
          { key: 'found', title: w.t('line.found'), cell: (one) => w.t('line.people', { n: w.n(one.found) }) },
          {
            key: 'missed',
            title: w.t('line.missed'),
            cell: (one) => (one.missed === null ? '' : w.t('line.people', { n: w.n(one.missed) })),
          },
        ]}
      />
    </section>
  )
}
