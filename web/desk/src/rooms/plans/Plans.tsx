import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { Card } from './Card'
import { CommandPosts } from './CommandPosts'
import { Issue } from './Issue'
import { Levels } from './Levels'
import { Library } from './Library'
import { Readiness } from './Readiness'
import { useSpoken } from './words'

const SHOWN = ['levels', 'posts', 'library', 'readiness'] as const
const MANAGED = [...SHOWN, 'issue'] as const

/** Response levels, command posts, the plans that they put into action, and how ready areas are. */
export default function Plans({ route }: { route: Route }) {
  return route.room === 'plan' ? <Card key={route.id} id={route.id} /> : <Inside />
}

function Inside() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = may('plans.manage') ? MANAGED : SHOWN
  const tab = tabs.find((one) => one === filter.show) ?? 'levels'
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('pl.title')}</h1>
        <p className="muted">{w.t('pl.text')}</p>
        <nav className="tabs" aria-label={w.t('pl.tabs')}>
          {tabs.map((one) => (
            <a
              key={one}
              href={`#plans?show=${one}&area=${encodeURIComponent(area)}`}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`pl.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      {tab !== 'issue' && (
        <search className="card bounds">
          <div className="pick inline">
            <span aria-hidden>{w.t('pl.area')}</span>
            <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('pl.area')} />
          </div>
        </search>
      )}
      {tab === 'levels' && <Levels key={area} area={area} />}
      {tab === 'posts' && <CommandPosts area={area} />}
      {tab === 'library' && <Library area={area} />}
      {tab === 'issue' && <Issue />}
      {tab === 'readiness' && <Readiness area={area} />}
    </>
  )
}
