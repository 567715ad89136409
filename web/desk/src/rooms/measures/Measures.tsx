import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Board } from './Board'
import { Gatherings } from './Gatherings'
import { Issue } from './Issue'
import { Matrix } from './Matrix'
import { Venues } from './Venues'
import { useSpoken } from './words'

const SHOWN = ['board', 'matrix', 'gatherings', 'venues'] as const
const MANAGED = [...SHOWN, 'issue'] as const

/** The measures of an area, who carries them out, gatherings that became known, and venues. */
export default function Measures() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = may('plans.manage') ? MANAGED : SHOWN
  const tab = tabs.find((one) => one === filter.show) ?? 'board'
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('me.title')}</h1>
        <p className="muted">{w.t(`me.text.${tab}`)}</p>
        <nav className="tabs" aria-label={w.t('me.tabs')}>
          {tabs.map((one) => (
            <a
              key={one}
              href={`#measures?show=${one}&area=${encodeURIComponent(area)}`}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`me.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('me.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('me.area')} />
        </div>
      </search>
      {tab === 'board' && <Board key={area} area={area} />}
      {tab === 'matrix' && <Matrix key={area} area={area} />}
      {tab === 'gatherings' && <Gatherings key={area} area={area} />}
      {tab === 'venues' && <Venues key={area} area={area} />}
      {tab === 'issue' && <Issue key={area} area={area} />}
    </>
  )
}
