import '../../styles/tasks.css'
import '../../styles/plans.css'
import { type Items, supplies } from '../../api/supplies'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { Failure, Loading } from '../../parts/States'
import { type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { Dispatches } from './Dispatches'
import { ShortageBoard } from './ShortageBoard'
import { StockCard } from './StockCard'
import { StockCatalogue } from './StockCatalogue'
import { StockLines } from './StockLines'
import { StockStores } from './StockStores'
import { useSupplies } from './words'

const TABS = ['shortages', 'dispatches', 'stores', 'lines', 'catalogue'] as const

/** Supplies: the day begins with what runs short. */
export default function Supplies({ route }: { route: Route }) {
  const w = useSupplies()
  const found = useResource('supply-items', supplies.items, 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  if (route.room === 'store') return <StockCard key={route.id} id={route.id} items={found.data.items} />
  return (
    <>
      <div className="heading">
        <h1>{w.t('su.title')}</h1>
      </div>
      <Inside items={found.data} listed={found.retry} />
    </>
  )
}

function Inside({ items, listed }: { items: Items; listed: () => void }) {
  const w = useSupplies()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const tab = TABS.find((one) => one === filter.show) ?? TABS[0]
  return (
    <>
      <nav className="tabs" aria-label={w.t('su.title')}>
        {TABS.map((one) => (
          <a key={one} href={`#supplies?show=${one}`} aria-current={tab === one ? 'page' : undefined}>
            {w.t(`su.tab.${one}`)}
          </a>
        ))}
      </nav>
      {tab !== 'catalogue' && (
        <search className="card bounds">
          <div className="pick inline">
            <span aria-hidden>{w.t('su.area')}</span>
            <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('su.area')} />
          </div>
        </search>
      )}
      {tab === 'shortages' && <ShortageBoard area={area} items={items.items} />}
      {tab === 'dispatches' && <Dispatches area={area} items={items.items} />}
      {tab === 'stores' && <StockStores area={area} />}
      {tab === 'lines' && <StockLines area={area} items={items.items} />}
      {tab === 'catalogue' && <StockCatalogue items={items} done={listed} />}
    </>
  )
}
