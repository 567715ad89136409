import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { WithTerms } from '../cases/terms'
import { Card } from './Card'
import { Flights } from './Flights'
import { Help } from './Help'
import { List } from './List'
import { Stranded } from './Stranded'
import { useSpoken } from './words'

const TABS = [
  ['list', 'arrivals.take'],
  ['flights', 'travel.manage'],
  ['stranded', 'travel.read'],
  ['help', 'travel.read'],
] as const

/** Those who arrive, the flights that bring them, those who wait for one, and calls for help. */
export default function Arrivals() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const tabs = TABS.filter(([, action]) => may(action)).map(([name]) => name)
  const tab = tabs.find((one) => one === filter.show) ?? tabs[0]
  const kept = filter.area ? `&area=${filter.area}` : ''
  return (
    <>
      <div className="heading">
        <h1>{w.t('arr.title')}</h1>
        <nav className="tabs" aria-label={w.t('arr.tabs')}>
          {tabs.map((one) => (
            <a key={one} href={`#arrivals?show=${one}${kept}`} aria-current={tab === one ? 'page' : undefined}>
              {w.t(`arr.tab.${one}`)}
            </a>
          ))}
          {may('lists.import') && <a href="#lists">{w.t('arr.import')}</a>}
        </nav>
      </div>
      {filter.one ? (
        <WithTerms>
          <Card key={filter.one} id={filter.one} />
        </WithTerms>
      ) : (
        <>
          <search className="card bounds">
            <div className="pick inline">
              <span aria-hidden>{w.t('arr.area')}</span>
              <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('arr.area')} />
            </div>
          </search>
          {tab === 'list' && <List area={area} />}
          {tab === 'flights' && <Flights area={area} />}
          {tab === 'stranded' && <Stranded area={area} />}
          {tab === 'help' && <Help area={area} />}
        </>
      )}
    </>
  )
}
