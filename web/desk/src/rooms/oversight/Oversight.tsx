import '../../styles/isolation.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Board } from './Board'
import { Complete } from './Complete'
import { Finding } from './Finding'
import { Findings } from './Findings'
import { useSpoken } from './words'

const TABS = [
  ['board', 'findings.read'],
  ['findings', 'findings.read'],
  ['complete', 'screening.read'],
] as const

/** What rules have found in the record, by rule and division, down to the facts; how complete and timely it is. */
export default function Oversight() {
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
        <h1>{w.t('ov.title')}</h1>
        <p className="muted">{w.t('ov.text')}</p>
        <nav className="tabs" aria-label={w.t('ov.tabs')}>
          {tabs.map((one) => (
            <a
              key={one}
              href={`#oversight?show=${one}&area=${encodeURIComponent(area)}`}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`ov.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      {!filter.finding && (
        <search className="card bounds">
          <div className="pick inline">
            <span aria-hidden>{w.t('ov.area')}</span>
            <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('ov.area')} />
          </div>
        </search>
      )}
      {tab === 'board' && <Board area={area} />}
      {tab === 'findings' &&
        (filter.finding ? (
          <Finding key={filter.finding} id={filter.finding} back={() => narrow({ finding: null })} />
        ) : (
          <Findings area={area} rule={filter.rule ?? ''} stage={filter.stage ?? ''} narrow={narrow} />
        ))}
      {tab === 'complete' && <Complete area={area} />}
    </>
  )
}
