import '../../styles/isolation.css'
import '../../styles/plans.css'
import '../../styles/tasks.css'
import { AreaField } from '../../forms/AreaField'
import { type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { BedBoard } from './BedBoard'
import { BedHospital } from './BedHospital'
import { useBeds } from './beds'
import { Transfers } from './Transfers'
import { Waiting } from './Waiting'

const TABS = [
  ['board', 'hospitals.read'],
  ['waiting', 'stays.read'],
  ['transfers', 'transfers.read'],
] as const

/** Beds and who lies in them, who waits for one, and who is moved. */
export default function Beds({ route }: { route: Route }) {
  return route.room === 'hospital' ? <BedHospital key={route.id} id={route.id} /> : <Inside />
}

function Inside() {
  const w = useBeds()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = TABS.filter(([, action]) => may(action)).map(([tab]) => tab)
  const tab = tabs.find((one) => one === filter.show) ?? 'board'
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('bd.title')}</h1>
        <p className="muted">{w.t('bd.text')}</p>
        <nav className="tabs" aria-label={w.t('bd.tabs')}>
          {tabs.map((one) => (
            <a
              key={one}
              href={`#beds?show=${one}&area=${encodeURIComponent(area)}`}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`bd.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('bd.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('bd.area')} />
        </div>
      </search>
      {tab === 'board' && <BedBoard area={area} />}
      {tab === 'waiting' && <Waiting key={area} area={area} />}
      {tab === 'transfers' && <Transfers area={area} />}
    </>
  )
}
