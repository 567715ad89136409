import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { Tabs, useTabs } from '../../parts/Tabs'
import { Parts } from './Parts'
import { Records } from './Records'
import { Sites } from './Sites'
import { useSpoken } from './words'

const TABS = [
  ['today', 'sampling.draw'],
  ['records', 'sampling.draw'],
  ['parts', 'gates.read'],
] as const

/** What is drawn by lot, what was found, and what is overdue. */
export default function Inspections() {
  const w = useSpoken()
  const of = useTabs(TABS)
  const { tab, top, area, narrow } = of
  return (
    <>
      <div className="heading">
        <h1>{w.t('in.title')}</h1>
        <p className="muted">{w.t('in.text')}</p>
        {of.tabs.length > 1 && (
          <Tabs room="inspections" of={of} label={w.t('in.tabs')} titleOf={(one) => w.t(`in.tab.${one}`)} />
        )}
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('in.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('in.area')} />
        </div>
      </search>
      {tab === 'today' && <Sites key={area} area={area} />}
      {tab === 'records' && <Records key={area} area={area} />}
      {tab === 'parts' && <Parts area={area} />}
    </>
  )
}
