import { useState } from 'react'
import { people } from '../../api/people'
import { useResource } from '../../api/resource'
import { Empty, Failure, Loading } from '../../parts/States'
import { go, pathOf, type Route } from '../../route'
import { useSession } from '../../session'
import { Card } from './Card'
import { Enter } from './Enter'
import { Find } from './Find'
import { Import } from './Import'
import { List } from './List'
import { Merge } from './Merge'
import { Purpose } from './Purpose'
import { Report } from './Report'
import { useSpoken } from './words'

type Tab = 'people' | 'find' | 'enter' | 'import' | 'merge'

const TABS: [Tab, string][] = [
  ['people', 'people.list'],
  ['find', 'people.find'],
  ['enter', 'people.enter'],
  ['import', 'people.enter'],
  ['merge', 'people.merge'],
]

/** Rooms in which named people are seen: they ask for the purpose first. */
const SEEING = ['people', 'find', 'person']

/** The vault. What was chosen and typed here lasts while one is among people, and goes with the room. */
export default function People({ route }: { route: Route }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const [purpose, setPurpose] = useState<string | null>(null)
  const terms = useResource('terms', people.terms)
  const tabs = TABS.filter(([, action]) => may(action))
  if (!session) return null
  if (!tabs.length && !may('looks.read', 'people.see'))
    return <Empty title={w.t('people.none.title')} text={w.t('people.none.text')} />
  const chosen = purpose && session.purposes.includes(purpose) ? purpose : only(session.purposes)
  return (
    <>
      <div className="heading">
        <h1>{w.t('people.title')}</h1>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('people.tabs')}>
            {tabs.map(([tab]) => (
              <a key={tab} href={pathOf({ room: tab })} aria-current={route.room === tab ? 'page' : undefined}>
                {w.t(`people.tab.${tab}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {SEEING.includes(route.room) && terms.data && (
        <Purpose purposes={session.purposes} titles={terms.data.purposes} value={chosen} choose={setPurpose} />
      )}
      {terms.error && <Failure error={terms.error} retry={terms.retry} told />}
      {!terms.data && terms.loading && <Loading />}
      {terms.data && <Inside route={route} purpose={chosen} terms={terms.data} />}
    </>
  )
}

function only(purposes: string[]): string | null {
  return purposes.length === 1 ? (purposes[0] ?? null) : null
}

interface InsideProps {
  route: Route
  purpose: string | null
  terms: Parameters<typeof List>[0]['terms']
}

function Inside({ route, purpose, terms }: InsideProps) {
  const w = useSpoken()
  if (SEEING.includes(route.room) && !purpose) return <p className="card muted">{w.t('purpose.needed')}</p>
  switch (route.room) {
    case 'find':
      return <Find purpose={purpose as string} terms={terms} />
    case 'enter':
      return <Enter terms={terms} />
    case 'import':
      return <Import terms={terms} />
    case 'merge':
      return <Merge />
    case 'person':
      return (
        <Card
          key={`${route.id}|${purpose}`}
          id={route.id}
          purpose={purpose as string}
          terms={terms}
          gone={() => go({ room: 'people' })}
        />
      )
    case 'person-looks':
      return <Report id={route.id} />
    default:
      return <List purpose={purpose as string} terms={terms} />
  }
}
