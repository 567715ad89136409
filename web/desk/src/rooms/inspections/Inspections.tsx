import '../../styles/isolation.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Parts } from './Parts'
import { Records } from './Records'
import { Sites } from './Sites'
import { useSpoken } from './words'

const TABS = [
  ['today', 'sampling.draw'],
  ['records', 'sampling.draw'],
  ['parts', 'gates.read'],
] as const

/** What is drawn by lot, what was found, and what is overdue. */
export default function Inspections() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = TABS.filter(([, action]) => may(action)).map(([name]) => name)
  const tab = tabs.find((one) => one === filter.show) ?? tabs[0]
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('in.title')}</h1>
        <p className="muted">{w.t('in.text')}</p>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('in.tabs')}>
            {tabs.map((one) => (
              <a
                key={one}
                href={`#inspections?show=${one}&area=${encodeURIComponent(area)}`}
                aria-current={tab === one ? 'page' : undefined}
              >
                {w.t(`in.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('in.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('in.area')} />
        </div>
      </search>
      {tab === 'today' && <Sites key={area} area={area} />}
      {tab === 'records' && <Records key={area} area={area} />}
      {tab === 'parts' && <Parts area={area} />}
    </>
  )
}
