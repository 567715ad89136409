import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import type { Route } from '../../route'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { WithTerms } from '../cases/terms'
import { Allocate } from './Allocate'
import { Board } from './Board'
import { Card } from './Card'
import { New } from './New'
import { useSpoken } from './words'

/** Orders: who is to be where, until when, and how far each has come. */
export default function Isolation({ route }: { route: Route }) {
  return <WithTerms>{route.room === 'order' ? <Card key={route.id} id={route.id} /> : <Inside />}</WithTerms>
}

function Inside() {
  const w = useSpoken()
  const { may } = useSession()
  const [filter] = useFilter()
  const tabs = may('isolation.order') ? (['board', 'new', 'allocate'] as const) : (['board'] as const)
  const tab = tabs.find((one) => one === filter.show) ?? (filter.of && tabs.length > 1 ? 'new' : 'board')
  return (
    <>
      <div className="heading">
        <h1>{w.t('iso.title')}</h1>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('iso.tabs')}>
            {tabs.map((one) => (
              <a key={one} href={`#isolation?show=${one}`} aria-current={tab === one ? 'page' : undefined}>
                {w.t(`iso.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {tab === 'board' && <Board />}
      {tab === 'new' && <New key={filter.of} of={filter.of ?? ''} />}
      {tab === 'allocate' && <Allocate />}
    </>
  )
}
