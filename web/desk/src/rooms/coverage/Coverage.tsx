import '../../styles/tasks.css'
import '../../styles/isolation.css'
import '../../styles/coverage.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Arrivals } from './Arrivals'
import { DailyBoard } from './Daily'
import { GridCard } from './GridCard'
import { Grids } from './Grids'
import { Household } from './Household'
import { LedgerPage } from './Ledger'
import { Missing } from './Missing'
import { Rounds } from './Rounds'
import { useSpoken } from './words'
import { AreaName, townOf } from '../../forms/AreaName'

const TABS = ['ledger', 'rounds', 'grids', 'daily'] as const

/** Which households have an outcome, from the province down to the grid, and who is missing. */
export default function Coverage() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area ?? top
  const tab = TABS.find((one) => one === filter.show) ?? 'ledger'
  const home = filter.household
  const kept = filter.area ? `&area=${filter.area}` : ''
  return (
    <>
      <div className="heading">
        <h1>{w.t('cov.title')}</h1>
        <nav className="tabs" aria-label={w.t('cov.tabs')}>
          {TABS.map((one) => (
            <a key={one} href={`#coverage?show=${one}${kept}`} aria-current={tab === one ? 'page' : undefined}>
              {w.t(`cov.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('cov.area')}</span>
          <AreaField
            top={top}
            value={townOf(area)}
            onChange={(to) => narrow({ area: to, grid: null, state: null, after: null, household: null })}
            label={w.t('cov.area')}
          />
          {townOf(area) !== area && <AreaName code={area} />}
        </div>
      </search>
      {home && (
        <Household
          key={home}
          id={home}
          open={(household) => narrow({ household })}
          close={() => narrow({ household: null })}
        />
      )}
      {!home && <Shown tab={tab} area={area} filter={filter} narrow={narrow} />}
    </>
  )
}

interface ShownProps {
  tab: (typeof TABS)[number]
  area: string
  filter: Record<string, string>
  narrow: (part: Record<string, string | null>) => void
}

function Shown({ tab, area, filter, narrow }: ShownProps) {
  return (
    <>
      {tab === 'rounds' && <Rounds area={area} />}
      {tab === 'grids' &&
        (filter.grid ? (
          <GridCard key={filter.grid} id={filter.grid} narrow={narrow} />
        ) : (
          <Grids area={area} narrow={narrow} />
        ))}
      {tab === 'daily' && (
        <>
          <DailyBoard area={area} />
          <Arrivals area={area} />
        </>
      )}
      {tab === 'ledger' &&
        (filter.state ? (
          <Missing area={area} filter={filter} narrow={narrow} />
        ) : (
          <LedgerPage area={area} round={filter.round ?? ''} narrow={narrow} />
        ))}
    </>
  )
}
