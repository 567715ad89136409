import { lazy, useEffect } from 'react'
import { useRoomFocus } from '../forms/focus'
import { useWords } from '../i18n'
import { Failure, Loading } from '../parts/States'
import type { Route } from '../route'
import { signedIn, useSession } from '../session'
import '../styles/rooms.css'

const Situation = lazy(() => import('./situation/Situation'))
const Today = lazy(() => import('./today/Today'))
const Dressed = lazy(() => import('../parts/Dressed'))
const SignIn = lazy(() => import('./sign-in/SignInRoom'))
const Welcome = lazy(() => import('./sign-in/Welcome'))
const Enrol = lazy(() => import('./sign-in/Enrol'))
const Me = lazy(() => import('./sign-in/Me'))
const People = lazy(() => import('./people/People'))
const Looks = lazy(() => import('./looks/Looks'))
const Retention = lazy(() => import('./looks/Retention'))
const Accounts = lazy(() => import('./admin/Accounts'))
const Devices = lazy(() => import('./admin/Devices'))
const Mine = lazy(() => import('./mine/Mine'))
const Cases = lazy(() => import('./cases/Cases'))
const Samples = lazy(() => import('./samples/Samples'))
const Lists = lazy(() => import('./lists/Lists'))
const Burden = lazy(() => import('./burden/Burden'))
const Oversight = lazy(() => import('./oversight/Oversight'))
const Inspections = lazy(() => import('./inspections/Inspections'))
const Forms = lazy(() => import('./forms/Forms'))
const Guide = lazy(() => import('./guide/Guide'))
const Contacts = lazy(() => import('./contacts/Contacts'))
const Coverage = lazy(() => import('./coverage/Coverage'))
const Tasks = lazy(() => import('./tasks/Tasks'))
const Isolation = lazy(() => import('./isolation/Isolation'))
const Stations = lazy(() => import('./stations/Stations'))
const Gates = lazy(() => import('./gates/Gates'))
const Beds = lazy(() => import('./care/Beds'))
const Ways = lazy(() => import('./care/Ways'))
const Supplies = lazy(() => import('./supplies/Supplies'))
const Allocations = lazy(() => import('./supplies/Allocations'))
const Production = lazy(() => import('./supplies/Production'))
const Needs = lazy(() => import('./needs/Needs'))
const Mobilisation = lazy(() => import('./mobilisation/Mobilisation'))
const Errands = lazy(() => import('./errands/Errands'))
const Arrivals = lazy(() => import('./arrivals/Arrivals'))
const WhatIf = lazy(() => import('./whatif/WhatIf'))
const Command = lazy(() => import('./command/Command'))
const Plans = lazy(() => import('./plans/Plans'))
const Measures = lazy(() => import('./measures/Measures'))
const Notices = lazy(() => import('./notices/Notices'))
const Issues = lazy(() => import('./issues/Issues'))
const Openly = lazy(() => import('./openly/Openly'))
const Warning = lazy(() => import('./warning/Board'))
const AreaPage = lazy(() => import('./area/AreaPage'))
const Assessment = lazy(() => import('./area/Pack'))
const Drill = lazy(() => import('./drill/Drill'))
const Transmission = lazy(() => import('./transmission/Transmission'))

/** The room that the address names. */
export default function Rooms({ route }: { route: Route }) {
  const w = useWords()
  const { session, error, loading, retry } = useSession()
  useEffect(() => {
    document.title = `${w.t(TITLES[route.room] ?? 'menu.people')} · ${w.t('app.name')}`
    scrollTo(0, 0)
  }, [route.room, w])
  useRoomFocus(route)
  const room = session && <Room route={route} visitor={!signedIn(session)} />
  return (
    <main id="main" tabIndex={-1}>
      {!session && loading && <Loading />}
      {!session && error && <Failure error={error} retry={retry} />}
      {session && (BEGINNINGS.includes(route.room) ? room : <Dressed>{room}</Dressed>)}
    </main>
  )
}

/** Rooms that one begins in dress their own parts: what they show first needs no components. */
const BEGINNINGS: readonly Route['room'][] = ['situation', 'today']

const TITLES = {
  situation: 'menu.situation',
  today: 'menu.today',
  'sign-in': 'menu.sign_in',
  welcome: 'menu.sign_in',
  enrol: 'menu.devices',
  me: 'menu.me',
  looks: 'menu.looks',
  retention: 'menu.retention',
  accounts: 'menu.accounts',
  devices: 'menu.devices',
  mine: 'menu.mine',
  cases: 'menu.cases',
  case: 'menu.cases',
  'case-new': 'menu.cases',
  samples: 'menu.samples',
  lists: 'menu.lists',
  forms: 'menu.forms',
  burden: 'menu.burden',
  inspections: 'menu.inspections',
  oversight: 'menu.oversight',
  guide: 'menu.guide',
  tasks: 'menu.tasks',
  coverage: 'menu.coverage',
  contacts: 'menu.contacts',
  contact: 'menu.contacts',
  'contact-new': 'menu.contacts',
  transmission: 'menu.transmission',
  whatif: 'menu.whatif',
  command: 'menu.command',
  plans: 'menu.plans',
  measures: 'menu.measures',
  notices: 'menu.notices',
  plan: 'menu.plans',
  issues: 'menu.issues',
  openly: 'menu.openly',
  issue: 'menu.issues',
  drill: 'menu.drill',
  warning: 'menu.warning',
  area: 'menu.area',
  assessment: 'menu.area',
  isolation: 'menu.isolation',
  order: 'menu.isolation',
  stations: 'menu.stations',
  station: 'menu.stations',
  gates: 'menu.gates',
  gate: 'menu.gates',
  needs: 'menu.needs',
  errands: 'menu.errands',
  mobilisation: 'menu.mobilisation',
  triage: 'menu.triage',
  beds: 'menu.beds',
  hospital: 'menu.beds',
  supplies: 'menu.supplies',
  store: 'menu.supplies',
  sharing: 'menu.sharing',
  allocation: 'menu.sharing',
  production: 'menu.production',
  arrivals: 'menu.arrivals',
} as Partial<Record<Route['room'], Parameters<ReturnType<typeof useWords>['t']>[0]>>

function Room({ route, visitor }: { route: Route; visitor: boolean }) {
  if (route.room === 'welcome') return <Welcome token={route.secret} />
  if (route.room === 'enrol') return <Enrol code={route.secret} />
  if (route.room === 'mine') return <Mine />
  if (visitor || route.room === 'sign-in') return <SignIn />
  switch (route.room) {
    case 'situation':
      return <Situation />
    case 'today':
      return <Today />
    case 'me':
      return <Me />
    case 'looks':
      return <Looks />
    case 'retention':
      return <Retention />
    case 'accounts':
      return <Accounts />
    case 'devices':
      return <Devices />
    case 'tasks':
      return <Tasks />
    case 'coverage':
      return <Coverage />
    case 'contacts':
    case 'contact':
    case 'contact-new':
      return <Contacts route={route} />
    case 'transmission':
      return <Transmission />
    case 'warning':
      return <Warning />
    case 'area':
      return <AreaPage />
    case 'assessment':
      return <Assessment />
    case 'command':
      return <Command />
    case 'plans':
    case 'plan':
      return <Plans route={route} />
    case 'measures':
      return <Measures />
    case 'notices':
      return <Notices />
    case 'openly':
      return <Openly />
    case 'issues':
    case 'issue':
      return <Issues route={route} />
    case 'whatif':
      return <WhatIf />
    case 'drill':
      return <Drill secret={route.secret ?? ''} />
    case 'isolation':
    case 'order':
      return <Isolation route={route} />
    case 'stations':
    case 'station':
      return <Stations route={route} />
    case 'gates':
    case 'gate':
      return <Gates route={route} />
    case 'beds':
    case 'hospital':
      return <Beds route={route} />
    case 'sharing':
    case 'allocation':
      return <Allocations route={route} />
    case 'production':
      return <Production />
    case 'supplies':
    case 'store':
      return <Supplies route={route} />
    case 'triage':
      return <Ways />
    case 'needs':
      return <Needs />
    case 'mobilisation':
      return <Mobilisation />
    case 'errands':
      return <Errands />
    case 'arrivals':
      return <Arrivals />
    case 'cases':
    case 'case':
    case 'case-new':
      return <Cases route={route} />
    case 'samples':
      return <Samples />
    case 'lists':
      return <Lists />
    case 'burden':
      return <Burden />
    case 'oversight':
      return <Oversight />
    case 'inspections':
      return <Inspections />
    case 'forms':
      return <Forms />
    case 'guide':
      return <Guide />
    default:
      return <People route={route} />
  }
}
