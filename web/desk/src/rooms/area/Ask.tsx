import { Input } from 'antd'
import { useId } from 'react'
import { AreaField } from '../../forms/AreaField'
import { TimeField } from '../../forms/TimeField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** Which area, as of which day, by what was known when. */
export function Ask({ pack }: { pack: boolean }) {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const asked = new URLSearchParams(filter).toString()
  return (
    <search className="card bounds">
      <div className="pick inline">
        <span aria-hidden>{w.t('area.area')}</span>
        <AreaField
          top={top}
          value={filter.area ?? top}
          onChange={(to) => narrow({ area: to })}
          label={w.t('area.area')}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-day`}>{w.t('area.day')}</label>
        <Input
          id={`${id}-day`}
          type="date"
          value={filter.day ?? ''}
          onChange={(e) => narrow({ day: e.target.value || null })}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={`${id}-known`}>{w.t('area.known')}</label>
        <TimeField
          id={`${id}-known`}
          value={filter.known ?? null}
          onChange={(iso) => narrow({ known: iso })}
          aria-describedby={`${id}-help`}
        />
      </div>
      {pack && <a href={`#assessment${asked && `?${asked}`}`}>{w.t('area.pack')}</a>}
      <p id={`${id}-help`} className="muted small whole">
        {w.t('area.known.help')}
      </p>
    </search>
  )
}
