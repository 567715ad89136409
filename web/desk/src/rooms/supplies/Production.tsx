import '../../styles/tasks.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { Tabs, useTabs } from '../../parts/Tabs'
import { Labour } from './Labour'
import { Prices } from './Prices'
import { Producers } from './Producers'
import { Projects } from './Projects'
import { useProduction } from './production'
import { Tickets } from './Tickets'

const TABS = [
  ['producers', 'production.read'],
  ['support', 'support.read'],
  ['labour', 'production.read'],
  ['prices', 'production.read'],
  ['projects', 'production.read'],
] as const

/** Who makes what the response needs, what stands in the way, what necessities cost, what is built in a hurry. */
export default function Production() {
  const w = useProduction()
  const of = useTabs(TABS)
  const { tab, top, area, narrow } = of
  return (
    <>
      <div className="heading">
        <h1>{w.t('pd.title')}</h1>
        <Tabs room="production" of={of} label={w.t('pd.title')} titleOf={(one) => w.t(`pd.tab.${one}`)} />
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('pd.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('pd.area')} />
        </div>
      </search>
      {tab === 'producers' && <Producers area={area} />}
      {tab === 'support' && <Tickets area={area} />}
      {tab === 'labour' && <Labour area={area} />}
      {tab === 'prices' && <Prices area={area} />}
      {tab === 'projects' && <Projects area={area} />}
    </>
  )
}
