import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/plans.css'
import { AreaField } from '../../forms/AreaField'
import { Tabs, useTabs } from '../../parts/Tabs'
import { Board } from './Board'
import { Complete } from './Complete'
import { Finding } from './Finding'
import { Findings } from './Findings'
import { Loop } from './Loop'
import { useSpoken } from './words'

const TABS = [
  ['board', 'findings.read'],
  ['findings', 'findings.read'],
  ['loop', 'findings.read'],
  ['complete', 'screening.read'],
] as const

/** What rules have found in the record, down to the facts; how it is put right; how complete and timely the record is. */
export default function Oversight() {
  const w = useSpoken()
  const of = useTabs(TABS)
  const { tab, top, area, filter, narrow } = of
  return (
    <>
      <div className="heading">
        <h1>{w.t('ov.title')}</h1>
        <p className="muted">{w.t('ov.text')}</p>
        <Tabs room="oversight" of={of} label={w.t('ov.tabs')} titleOf={(one) => w.t(`ov.tab.${one}`)} />
      </div>
      {!filter.finding && (
        <search className="card bounds">
          <div className="pick inline">
            <span aria-hidden>{w.t('ov.area')}</span>
            <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('ov.area')} />
          </div>
        </search>
      )}
      {tab === 'board' && <Board area={area} />}
      {tab === 'findings' &&
        (filter.finding ? (
          <Finding key={filter.finding} id={filter.finding} back={() => narrow({ finding: null })} />
        ) : (
          <Findings area={area} rule={filter.rule ?? ''} stage={filter.stage ?? ''} narrow={narrow} />
        ))}
      {tab === 'loop' && <Loop area={area} />}
      {tab === 'complete' && <Complete area={area} />}
    </>
  )
}
