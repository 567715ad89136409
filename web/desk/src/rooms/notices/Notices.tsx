import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Receipts } from './Receipts'
import { Send } from './Send'
import { Templates } from './Templates'
import { Tickets } from './Tickets'
import { useSpoken } from './words'

const SHOWN = ['receipts', 'tickets', 'templates'] as const
const MANAGED = [...SHOWN, 'send'] as const

/** Notices to places and units with their receipts, and joint tickets between departments and places. */
export default function Notices() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = may('plans.manage') ? MANAGED : SHOWN
  const tab = tabs.find((one) => one === filter.show) ?? 'receipts'
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('no.title')}</h1>
        <p className="muted">{w.t(`no.text.${tab}`)}</p>
        <nav className="tabs" aria-label={w.t('no.tabs')}>
          {tabs.map((one) => (
            <a
              key={one}
              href={`#notices?show=${one}&area=${encodeURIComponent(area)}`}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`no.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('no.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('no.area')} />
        </div>
      </search>
      {tab === 'receipts' && <Receipts key={area} area={area} only={filter.notice} />}
      {tab === 'tickets' && <Tickets key={area} area={area} />}
      {tab === 'templates' && <Templates key={area} area={area} />}
      {tab === 'send' && <Send key={area} area={area} />}
    </>
  )
}
