import '../../styles/cases.css'
import { useState } from 'react'
import { useSumsOnly } from '../../api/sums'
import { type Route, pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { Loading } from '../../parts/States'
import { Card } from './Card'
import { Counts } from './Counts'
import { List } from './List'
import { New } from './New'
import { Review } from './Review'
import { WithTerms } from './terms'
import { useSpoken } from './words'

/** Cases: the line list or, for who sees sums only, the counts; one case; a new one. */
export default function Cases({ route }: { route: Route }) {
  const [purpose, setPurpose] = useState<string | null>(null)
  return (
    <WithTerms>
      {route.room === 'case' ? (
        <Card key={route.id} id={route.id} />
      ) : (
        <>
          <Tabs room={route.room} />
          {route.room === 'case-new' ? <New /> : <Lists purpose={purpose} setPurpose={setPurpose} />}
        </>
      )}
    </WithTerms>
  )
}

type Show = 'list' | 'counts' | 'review'

function Tabs({ room }: { room: Route['room'] }) {
  const w = useSpoken()
  const { may } = useSession()
  const [filter] = useFilter()
  const sums = useSumsOnly('cases.read')
  const here = room === 'case-new' ? 'new' : (filter.show ?? (sums ? 'counts' : 'list'))
  const tabs: [string, string, boolean][] = [
    ['list', '#cases', sums === false],
    ['counts', '#cases?show=counts', sums !== null],
    ['new', pathOf({ room: 'case-new' }), may('cases.report')],
    ['review', '#cases?show=review', may('cases.review')],
  ]
  return (
    <div className="heading">
      <h1>{w.t('cases.title')}</h1>
      <nav className="tabs" aria-label={w.t('cases.tabs')}>
        {tabs
          .filter(([, , open]) => open)
          .map(([tab, href]) => (
            <a key={tab} href={href} aria-current={here === tab ? 'page' : undefined}>
              {w.t(`cases.tab.${tab as Show | 'new'}`)}
            </a>
          ))}
      </nav>
    </div>
  )
}

function Lists(props: { purpose: string | null; setPurpose: (purpose: string | null) => void }) {
  const { may } = useSession()
  const [filter] = useFilter()
  const sums = useSumsOnly('cases.read')
  if (sums === null) return <Loading />
  if (filter.show === 'review' && may('cases.review')) return <Review />
  if (sums || filter.show === 'counts') return <Counts />
  return <List {...props} />
}
