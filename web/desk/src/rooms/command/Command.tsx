import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/plans.css'
import '../../styles/today.css'
import { AreaField } from '../../forms/AreaField'
import { Tabs, useTabs } from '../../parts/Tabs'
import { Board } from './Board'
import { FirstCases } from './FirstCases'
import { Headquarters } from './Headquarters'
import { Products } from './Products'
import { Reports } from './Reports'
import { Strategy } from './Strategy'
import { useSpoken } from './words'

const TABS = [
  ['board', 'plans.read'],
  ['headquarters', 'plans.read'],
  ['strategy', 'plans.read'],
  ['first', 'plans.read'],
  ['reports', 'plans.read'],
  ['products', 'plans.read'],
] as const

/** What a commander opens: how the response stands, who leads it, which strategy holds, and what goes up. */
export default function Command() {
  const w = useSpoken()
  const of = useTabs(TABS)
  const { tab, top, area, narrow } = of
  return (
    <>
      <div className="heading">
        <h1>{w.t('co.title')}</h1>
        {tab && <p className="muted">{w.t(`co.text.${tab}`)}</p>}
        <Tabs room="command" of={of} label={w.t('co.tabs')} titleOf={(one) => w.t(`co.tab.${one}`)} />
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('co.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('co.area')} />
        </div>
      </search>
      {tab === 'board' && <Board key={area} area={area} />}
      {tab === 'headquarters' && <Headquarters key={area} area={area} />}
      {tab === 'strategy' && <Strategy key={area} area={area} />}
      {tab === 'first' && <FirstCases key={area} area={area} />}
      {tab === 'reports' && <Reports key={area} area={area} />}
      {tab === 'products' && <Products key={area} area={area} />}
    </>
  )
}
