import { lazy, Suspense } from 'react'
import { useField } from '../field'
import { type Key, type Lang, useWords } from '../i18n'
import { go, useRoute } from '../route'
import { CARRIES } from '../store/errand'
import { INSPECTS } from '../store/inspection'
import { AT_POSTS } from '../store/phone'
import { Home } from './Home'

const Visit = lazy(() => import('./Visit'))
const Outbox = lazy(() => import('./Outbox'))
const Orders = lazy(() => import('./Orders'))
const Tasks = lazy(() => import('./Tasks'))
const Gate = lazy(() => import('./gate/Gate'))
const Passer = lazy(() => import('./gate/Passer'))
const Stop = lazy(() => import('./gate/Stop'))
const Tally = lazy(() => import('./gate/Tally'))
const Inspections = lazy(() => import('./inspect/Inspections'))
const Inspection = lazy(() => import('./inspect/Inspection'))
const CheckIn = lazy(() => import('./inspect/CheckIn'))
const More = lazy(() => import('./More'))
const Scan = lazy(() => import('./Scan'))
const Give = lazy(() => import('./Give'))
const Take = lazy(() => import('./Take'))
const NewHousehold = lazy(() => import('./NewHousehold'))

/** The unlocked app: tabs, and the screens that one comes to from them. */
export function Screens({ change }: { change: (lang: Lang) => void }) {
  const { at, of } = useRoute()
  const screen = open(at, of)
  return (
    <div className="app">
      <Notices />
      <Suspense fallback={null}>
        {screen ?? (
          <>
            <Tab at={at} change={change} />
            <Tabs at={at} />
          </>
        )}
      </Suspense>
    </div>
  )
}

/** What a tab shows. The first one is what the phone is for: doors, or a post. */
function Tab({ at, change }: { at: string; change: (lang: Lang) => void }) {
  const { phone } = useField()
  if (at === 'outbox') return <Outbox />
  if (at === 'tasks') return <Tasks />
  if (at === 'more') return <More change={change} />
  if (at === 'orders' || phone.who.role === CARRIES) return <Orders />
  if (phone.who.role === INSPECTS) return <Inspections />
  return phone.who.role === AT_POSTS ? <Gate /> : <Home />
}

function open(at: string, of: string) {
  switch (at) {
    case 'visit':
      return <Visit key={of} id={of} />
    case 'pass':
      return <Passer key={of} of={of} />
    case 'stop':
      return <Stop of={of} />
    case 'count':
      return <Tally />
    case 'inspect':
      return <Inspection key={of} place={of} />
    case 'checkin':
      return <CheckIn />
    case 'scan':
      return <Scan />
    case 'give':
      return <Give />
    case 'take':
      return <Take />
    case 'new':
      return <NewHousehold />
    default:
      return at.startsWith('household=') ? <Scan text={`#${at}`} /> : null
  }
}

const TABS = [
  { at: '', title: 'tab.list' },
  { at: 'tasks', title: 'tab.tasks' },
  { at: 'orders', title: 'tab.orders' },
  { at: 'outbox', title: 'tab.outbox' },
  { at: 'more', title: 'tab.more' },
] as const

function Tabs({ at }: { at: string }) {
  const w = useWords()
  const { counts, phone, bundle } = useField()
  const tabs = TABS.filter((tab) => shows(tab.at, phone.who.role, Boolean(bundle?.errands)))
  return (
    <nav className="tabs">
      {tabs.map((tab) => {
        const here = tab.at === at || (tab.at === '' && !tabs.some((one) => one.at === at))
        return (
          <a key={tab.at} href={`#/${tab.at}`} aria-current={here ? 'page' : undefined}>
            {w.t(tab.at === '' ? first(phone.who.role) : tab.title)}
            {tab.at === 'outbox' && counts.waiting > 0 && <b className="badge">{counts.waiting}</b>}
          </a>
        )
      })}
    </nav>
  )
}

/** Whether a phone has a tab: who carries orders alone, or inspects, has that first, and no tasks. */
function shows(at: string, role: string, carries: boolean): boolean {
  if (at === 'orders') return carries && role !== CARRIES
  return at !== 'tasks' || (role !== CARRIES && role !== INSPECTS)
}

function first(role: string): Key {
  const own: Record<string, Key> = { [AT_POSTS]: 'tab.gate', [CARRIES]: 'tab.orders', [INSPECTS]: 'tab.inspect' }
  return own[role] ?? 'tab.list'
}

/** What needs to be known wherever one is: the clock, the room on the phone, what a person must decide. */
function Notices() {
  const w = useWords()
  const { clock, nearlyFull, counts, unkept } = useField()
  const undecided = counts.aside + unkept.length
  return (
    <>
      {clock && (
        <p className="notice" role="status">
          {clock.kind === 'set_back'
            ? w.t('clock.set_back')
            : w.t('clock.off', {
                amount: amount(Math.abs(clock.offset_s), w),
                direction: w.t(clock.offset_s > 0 ? 'clock.fast' : 'clock.slow'),
              })}
        </p>
      )}
      {nearlyFull && (
        <p className="notice" role="status">
          {w.t('full.nearly')}
        </p>
      )}
      {undecided > 0 && (
        <button type="button" className="notice" onClick={() => go('outbox')}>
          {w.t('out.decide', { n: undecided })}
        </button>
      )}
    </>
  )
}

function amount(seconds: number, w: ReturnType<typeof useWords>): string {
  const m = Math.round(seconds / 60)
  return m < 60 ? w.t('clock.minutes', { m }) : w.t('clock.hours', { h: Math.floor(m / 60), m: m % 60 })
}
