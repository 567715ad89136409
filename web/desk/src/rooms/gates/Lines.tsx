import { Input } from 'antd'
import { useId } from 'react'
import { gates } from '../../api/gates'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Funnel, weekBefore } from './Funnel'
import { useSpoken } from './words'

/** Three lines of defence as a funnel: whom each has screened and found, and what the one before had missed. */
export function Lines() {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const now = session?.server_time ?? ''
  const asked = {
    area: filter.area ?? session?.area ?? '',
    since: filter.since ?? (now && weekBefore(civilDay(now))),
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
