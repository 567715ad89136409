import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/gates.css'
import { gates } from '../../api/gates'
import { PlaceImport } from '../../forms/PlaceImport'
import { go, type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { Board } from './Board'
import { Departments } from './Departments'
import { Holds } from './Holds'
import { POSTS } from './sheet'
import { Inspections } from './Inspections'
import { Lines } from './Lines'
import { Notices } from './Notices'
import { Particulars } from './Particulars'
import { Post } from './Post'
import { useSpoken } from './words'

/** Checkpoints and quarantine stations: who is on duty, whom they meet, who is held. */
export default function Gates({ route }: { route: Route }) {
  return route.room === 'gate' ? <Post key={route.id} id={route.id} /> : <Inside />
}

const TABS = [
  ['board', 'gates.read'],
  ['holds', 'holds.read'],
  ['lines', 'gates.read'],
  ['notices', 'gates.read'],
  ['inspections', 'gates.read'],
  ['new', 'gates.manage'],
  ['import', 'gates.manage'],
  ['departments', 'gates.manage'],
] as const

function Inside() {
  const w = useSpoken()
  const { may } = useSession()
  const [filter] = useFilter()
  const tabs = TABS.filter(([, action]) => may(action)).map(([name]) => name)
  const tab = tabs.find((one) => one === filter.show) ?? tabs[0]
  return (
    <>
      <div className="heading">
        <h1>{w.t('gt.title')}</h1>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('gt.tabs')}>
            {tabs.map((one) => (
              <a key={one} href={`#gates?show=${one}`} aria-current={tab === one ? 'page' : undefined}>
                {w.t(`gt.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {tab === 'board' && <Board />}
      {tab === 'holds' && <Holds />}
      {tab === 'lines' && <Lines />}
      {tab === 'notices' && <Notices />}
      {tab === 'inspections' && <Inspections />}
      {tab === 'new' && <Particulars done={(id) => go({ room: 'gate', id })} />}
      {tab === 'import' && <PlaceImport of="posts" columns={POSTS} take={gates.take} />}
      {tab === 'departments' && <Departments />}
    </>
  )
}
