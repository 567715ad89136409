import { useState } from 'react'
import { api } from '../api/client'
import { type Key, useWords } from '../i18n'
import { go, pathOf, type Room, type Route } from '../route'
import { signedIn, useSession, worn } from '../session'

type Open = Exclude<Route, { id: string } | { secret: string }>['room']

/** The rooms behind one door: it leads to the first of them that the role may enter. */
const PEOPLE: [Open, string][] = [
  ['people', 'people.list'],
  ['find', 'people.find'],
  ['enter', 'people.enter'],
]
const OF_PEOPLE: Room[] = ['people', 'find', 'enter', 'import', 'merge', 'person', 'person-looks']
/** The rooms of the work: the door, its title, what opens it, and the rooms behind it. */
const WORK: [Open, Key, string[], Room[]][] = [
  ['tasks', 'menu.tasks', ['tasks.read'], ['tasks']],
  ['coverage', 'menu.coverage', ['screening.read'], ['coverage']],
  ['cases', 'menu.cases', ['cases.read'], ['cases', 'case', 'case-new']],
  ['samples', 'menu.samples', ['cases.sample'], ['samples']],
  ['contacts', 'menu.contacts', ['contacts.read'], ['contacts', 'contact', 'contact-new']],
  ['transmission', 'menu.transmission', ['contacts.read'], ['transmission']],
  ['warning', 'menu.warning', ['warning.read'], ['warning']],
  ['area', 'menu.area', ['warning.read'], ['area', 'assessment']],
  ['whatif', 'menu.whatif', ['whatif.compare'], ['whatif']],
  ['plans', 'menu.plans', ['plans.read'], ['plans', 'plan']],
  ['isolation', 'menu.isolation', ['isolation.read'], ['isolation', 'order']],
  ['stations', 'menu.stations', ['stations.read'], ['stations', 'station']],
  ['gates', 'menu.gates', ['gates.read', 'holds.read'], ['gates', 'gate']],
  ['needs', 'menu.needs', ['needs.read'], ['needs']],
  ['arrivals', 'menu.arrivals', ['travel.read'], ['arrivals']],
  ['lists', 'menu.lists', ['lists.import'], ['lists']],
  ['forms', 'menu.forms', ['forms.read'], ['forms']],
]
const OTHERS: [Open, Key, string[]][] = [
  ['looks', 'menu.looks', ['looks.read', 'looks.review']],
  ['retention', 'menu.retention', ['retention.read']],
  ['accounts', 'menu.accounts', ['accounts.manage']],
  ['devices', 'menu.devices', ['devices.manage']],
]

/** The rooms that the role may enter, and who is here. */
export function Menu({ room }: { room: Room }) {
  const w = useWords()
  const { session, may } = useSession()
  if (!session) return null
  const people = PEOPLE.find(([, action]) => may(action))?.[0]
  const own = !signedIn(session) || may('own.read')
  return (
    <div className="rooms">
      <nav aria-label={w.t('menu.label')}>
        {may('bulletins.read') && <Door to="figures" here={room === 'figures'} title="menu.figures" />}
        {WORK.filter(([, , actions]) => may(...actions)).map(([to, title, , behind]) => (
          <Door key={to} to={to} here={behind.includes(room)} title={title} />
        ))}
        {people && <Door to={people} here={OF_PEOPLE.includes(room)} title="menu.people" />}
        {OTHERS.filter(([, , actions]) => may(...actions)).map(([to, title]) => (
          <Door key={to} to={to} here={room === to} title={title} />
        ))}
        {may('drills.train') && <Door to="drill" here={room === 'drill'} title="menu.drill" />}
        {own && <Door to="mine" here={room === 'mine'} title="menu.mine" />}
      </nav>
      <Who room={room} />
    </div>
  )
}

function Door({ to, here, title }: { to: Open; here: boolean; title: Key }) {
  const w = useWords()
  return (
    <a href={pathOf({ room: to } as Route)} aria-current={here ? 'page' : undefined}>
      {w.t(title)}
    </a>
  )
}

/** Who is signed in, in which role, over which area. */
function Who({ room }: { room: Room }) {
  const w = useWords()
  const { session, reload } = useSession()
  const [failed, setFailed] = useState(false)
  if (!session) return null
  if (!signedIn(session)) {
    return (
      <p className="who">
        <a href="#sign-in" aria-current={room === 'sign-in' ? 'page' : undefined}>
          {w.t('menu.sign_in')}
        </a>
      </p>
    )
  }
  const hat = worn(session)
  const leave = () =>
    api
      .signOut()
      .then(reload)
      .then(
        () => go({ room: 'figures' }),
        () => setFailed(true),
      )
  return (
    <p className="who">
      <a href="#me" aria-current={room === 'me' ? 'page' : undefined} title={w.t('menu.me')}>
        {session.mode !== 'demo' && session.signed_in_as && <strong>{session.signed_in_as}</strong>}
        {hat && (
          <span>
            {w.lang === 'zh' ? hat.role_zh : hat.role_en} · {w.lang === 'zh' ? hat.area_zh : hat.area_en}
          </span>
        )}
        <span className={session.mode === 'demo' ? 'change' : 'sr'}>
          {w.t(session.mode === 'demo' ? 'menu.change' : 'menu.me')}
        </span>
      </a>
      {session.mode !== 'demo' && (
        <button type="button" className="plain" onClick={leave}>
          {w.t('menu.sign_out')}
        </button>
      )}
      {failed && <span role="alert">{w.t('menu.sign_out.failed')}</span>}
    </p>
  )
}
