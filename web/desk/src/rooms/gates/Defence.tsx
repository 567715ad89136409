import { gates } from '../../api/gates'
import { useResource } from '../../api/resource'
import { Failure, Loading } from '../../parts/States'
import { Funnel, weekBefore } from './Funnel'
import { useSpoken } from './words'

/** The lines of defence of an area in the seven days up to one, with the way to other days. */
export default function Defence({ area, until }: { area: string; until: string }) {
  const w = useSpoken()
  const asked = { area, since: weekBefore(until), until }
  const found = useResource(`defence|${area}|${until}`, (signal) => gates.lines(asked, signal), 'drop', [
    'gates',
    'cases',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <Funnel
      rows={found.data}
      heading={
        <h2>
          <a href={`#gates?${new URLSearchParams({ show: 'lines', ...asked })}`}>{w.t('gt.tab.lines')}</a>{' '}
          <small className="muted">
            {w.day(asked.since)}–{w.day(until)}
          </small>
        </h2>
      }
    />
  )
}
