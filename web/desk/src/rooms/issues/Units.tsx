import { type Issue, issues } from '../../api/issues'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

const MOST = 20

/** The units that have not reported although the cut-off has passed; each leads to its report. */
export function Units({ of }: { of: Issue }) {
  const w = useSpoken()
  const found = useResource(`issue-late|${of.draft}`, (signal) => issues.late(of.draft, signal), 'keep', ['screening'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { day, n, units } = found.data
  return (
    <section className="card" aria-label={w.t('is.late')}>
      <h2>{w.t('is.late')}</h2>
      <p>{n ? w.t('is.late.some', { n: w.n(n), day }) : w.t('is.late.none', { day })}</p>
      <ul className="plain">
        {units.slice(0, MOST).map((code) => (
          <li key={code}>
            <AreaName code={code} />{' '}
            <a href={`#coverage?${new URLSearchParams({ show: 'daily', area: code, day })}`}>{w.t('is.late.report')}</a>
          </li>
        ))}
      </ul>
      {units.length > MOST && (
        <p>
          <a href={`#coverage?${new URLSearchParams({ show: 'daily', area: of.area, day })}`}>{w.t('is.late.all')}</a>
        </p>
      )}
    </section>
  )
}
