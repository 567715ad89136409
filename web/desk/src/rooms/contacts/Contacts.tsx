import '../../styles/cases.css'
import '../../styles/contacts.css'
import '../../styles/tasks.css'
import { type ContactCounts, contacts } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { useSumsOnly } from '../../api/sums'
import { AreaField } from '../../forms/AreaField'
import { Failure } from '../../parts/States'
import { type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { WithTerms } from '../cases/terms'
import { Board } from './Board'
import { Card } from './Card'
import { Listed } from './Listed'
import { New } from './New'
import { Proposals } from './Proposals'
import { useSpoken } from './words'

const TABS = ['board', 'trace', 'list', 'proposals'] as const

/** Those who were exposed: the board of checks, who is still to be found, what is to be decided. */
export default function Contacts({ route }: { route: Route }) {
  return (
    <WithTerms>
      {route.room === 'contact' ? <Card key={route.id} id={route.id} /> : <Inside room={route.room} />}
    </WithTerms>
  )
}

function Inside({ room }: { room: Route['room'] }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const tab = room === 'contact-new' ? 'new' : (filter.show ?? 'board')
  const sums = useSumsOnly('contacts.read')
  const kept = filter.area ? `&area=${filter.area}` : ''
  return (
    <>
      <div className="heading">
        <h1>{w.t('contacts.title')}</h1>
        <nav className="tabs" aria-label={w.t('contacts.tabs')}>
          {sums === false &&
            TABS.map((one) => (
              <a key={one} href={`#contacts?show=${one}${kept}`} aria-current={tab === one ? 'page' : undefined}>
                {w.t(`contacts.tab.${one}`)}
              </a>
            ))}
          {may('contacts.trace') && (
            <a href="#contacts/new" aria-current={tab === 'new' ? 'page' : undefined}>
              {w.t('contacts.tab.new')}
            </a>
          )}
        </nav>
      </div>
      {tab === 'new' ? (
        <New />
      ) : (
        <>
          <search className="card bounds">
            <div className="pick inline">
              <span aria-hidden>{w.t('contacts.area')}</span>
              <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('contacts.area')} />
            </div>
          </search>
          <Tally area={area} />
          {sums && <p className="muted">{w.t('contacts.sums')}</p>}
          {sums === false && <Each tab={tab} area={area} status={filter.status ?? ''} />}
        </>
      )}
    </>
  )
}

function Each({ tab, area, status }: { tab: string; area: string; status: string }) {
  return (
    <>
      {tab === 'board' && <Board area={area} />}
      {tab === 'trace' && <Listed area={area} status="to_trace" />}
      {tab === 'list' && <Listed area={area} status={status} />}
      {tab === 'proposals' && <Proposals area={area} />}
    </>
  )
}

const PARTS = ['traced', 'observing', 'released', 'converted', 'transferred', 'lost', 'died', 'to_trace'] as const

/** How many there are of each, and that they sum. */
function Tally({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`tally|${area}`, (signal) => contacts.counts(area, signal), 'drop', ['contacts'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  const stock: ContactCounts['stock'] | undefined = found.data?.stock
  return (
    <section className="card contact-tally" aria-busy={found.loading}>
      <dl>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{w.t(`tally.${part}`)}</dt>
            <dd>{stock ? w.n(stock[part]) : '…'}</dd>
          </div>
        ))}
      </dl>
      {stock && (
        <p className={stock.holds ? 'muted small' : 'fault'}>{w.t(stock.holds ? 'tally.holds' : 'tally.broken')}</p>
      )}
      {stock && stock.moved_out > 0 && (
        <p className="muted small">{w.t('tally.moved_out', { n: w.n(stock.moved_out) })}</p>
      )}
    </section>
  )
}
