import { cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { useSpoken } from './words'

/** Who is confirmed and in no hospital: said before any list, as long as there is anybody. */
export function Waiting({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(
    `waiting|${area}`,
    (signal) => cases.list({ area, waiting: true, columns: ['number'], limit: 1 }, signal),
    'drop',
    ['cases'],
  )
  if (!found.data?.total) return null
  return (
    <p className="sight">
      <a href={`#cases?only=waiting&order=up${area ? `&area=${area}` : ''}`}>
        {w.t('list.waiting', { n: w.n(found.data.total) })}
      </a>
    </p>
  )
}
