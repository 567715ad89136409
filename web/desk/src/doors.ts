import type { Session } from './api/types'
import type { Key } from './i18n'
import type { Room, Route } from './route'
import { signedIn } from './session'

/** A room that is named by its address alone. */
export type Open = Exclude<Route, { id: string } | { secret: string }>['room'] | 'drill'

export interface Door {
  to: Open
  title: Key
  /** Any of these opens it. */
  actions: string[]
  /** The rooms behind it, where it is not the one alone. */
  behind?: Room[]
  /** How its Chinese title is typed, syllable by syllable. */
  pinyin: string
}

export interface Group {
  /** None for doors that stand alone. */
  title?: Key
  doors: Door[]
}

/** All doors, in the order of a day's work. */
const GROUPS: Group[] = [
  {
    doors: [
      { to: 'situation', title: 'menu.situation', actions: ['situation.read'], pinyin: 'tai shi' },
      { to: 'today', title: 'menu.today', actions: ['facts.append'], pinyin: 'jin tian' },
      { to: 'tasks', title: 'menu.tasks', actions: ['tasks.read'], pinyin: 'ren wu' },
    ],
  },
  {
    title: 'menu.of.situation',
    doors: [
      { to: 'figures', title: 'menu.figures', actions: ['bulletins.read'], pinyin: 'tong bao' },
      { to: 'warning', title: 'menu.warning', actions: ['warning.read'], pinyin: 'yu jing' },
      {
        to: 'area',
        title: 'menu.area',
        actions: ['warning.read'],
        behind: ['area', 'assessment'],
        pinyin: 'yan pan',
      },
      { to: 'whatif', title: 'menu.whatif', actions: ['whatif.compare'], pinyin: 'tui yan' },
    ],
  },
  {
    title: 'menu.of.cases',
    doors: [
      {
        to: 'cases',
        title: 'menu.cases',
        actions: ['cases.read'],
        behind: ['cases', 'case', 'case-new'],
        pinyin: 'bing li',
      },
      { to: 'samples', title: 'menu.samples', actions: ['cases.sample'], pinyin: 'yang ben' },
      {
        to: 'contacts',
        title: 'menu.contacts',
        actions: ['contacts.read'],
        behind: ['contacts', 'contact', 'contact-new'],
        pinyin: 'mi qie jie chu zhe',
      },
      { to: 'transmission', title: 'menu.transmission', actions: ['contacts.read'], pinyin: 'chuan bo guan xi' },
    ],
  },
  {
    title: 'menu.of.control',
    doors: [
      {
        to: 'isolation',
        title: 'menu.isolation',
        actions: ['isolation.read'],
        behind: ['isolation', 'order'],
        pinyin: 'ge li guan cha',
      },
      {
        to: 'stations',
        title: 'menu.stations',
        actions: ['stations.read'],
        behind: ['stations', 'station'],
        pinyin: 'liu yan zhan',
      },
      {
        to: 'gates',
        title: 'menu.gates',
        actions: ['gates.read', 'holds.read'],
        behind: ['gates', 'gate'],
        pinyin: 'ka dian',
      },
      { to: 'arrivals', title: 'menu.arrivals', actions: ['travel.read'], pinyin: 'dao da ren yuan' },
      { to: 'coverage', title: 'menu.coverage', actions: ['screening.read'], pinyin: 'ru hu pai cha' },
    ],
  },
  {
    title: 'menu.of.means',
    doors: [
      {
        to: 'beds',
        title: 'menu.beds',
        actions: ['hospitals.read'],
        behind: ['beds', 'hospital'],
        pinyin: 'chuang wei yu zhuan yuan',
      },
      {
        to: 'triage',
        title: 'menu.triage',
        actions: ['triage.read', 'referrals.read', 'experts.read', 'protection.read'],
        pinyin: 'men zhen yu fang hu',
      },
      {
        to: 'supplies',
        title: 'menu.supplies',
        actions: ['supplies.read'],
        behind: ['supplies', 'store'],
        pinyin: 'wu zi',
      },
      {
        to: 'sharing',
        title: 'menu.sharing',
        actions: ['supplies.read'],
        behind: ['sharing', 'allocation'],
        pinyin: 'wu zi fen pei',
      },
      {
        to: 'production',
        title: 'menu.production',
        actions: ['production.read', 'support.read'],
        pinyin: 'sheng chan yu bao zhang',
      },
      { to: 'needs', title: 'menu.needs', actions: ['needs.read'], pinyin: 'xu qiu' },
      {
        to: 'mobilisation',
        title: 'menu.mobilisation',
        actions: ['teams.read', 'calls.read'],
        pinyin: 'ren yuan dong yuan',
      },
      { to: 'errands', title: 'menu.errands', actions: ['errands.read'], pinyin: 'ju min ding dan' },
    ],
  },
  {
    title: 'menu.of.command',
    doors: [
      { to: 'command', title: 'menu.command', actions: ['plans.read'], pinyin: 'zhi hui tai' },
      { to: 'plans', title: 'menu.plans', actions: ['plans.read'], behind: ['plans', 'plan'], pinyin: 'ying ji yu an' },
      { to: 'measures', title: 'menu.measures', actions: ['plans.read'], pinyin: 'fang kong cuo shi' },
      { to: 'notices', title: 'menu.notices', actions: ['plans.read'], pinyin: 'tong zhi yu gong dan' },
      {
        to: 'issues',
        title: 'menu.issues',
        actions: ['bulletins.compose'],
        behind: ['issues', 'issue'],
        pinyin: 'tong bao bian fa',
      },
      {
        to: 'openly',
        title: 'menu.openly',
        actions: ['library.edit', 'feedback.answer'],
        pinyin: 'xin xi gong kai',
      },
      {
        to: 'inspections',
        title: 'menu.inspections',
        actions: ['sampling.draw', 'inspections.make'],
        pinyin: 'du dao jian cha',
      },
      { to: 'oversight', title: 'menu.oversight', actions: ['findings.read'], pinyin: 'du cha wen ti' },
      { to: 'burden', title: 'menu.burden', actions: ['burden.read'], pinyin: 'biao ge yu fu dan' },
      { to: 'drill', title: 'menu.drill', actions: ['drills.train'], pinyin: 'dao tiao' },
    ],
  },
  {
    title: 'menu.of.records',
    doors: [
      { to: 'people', title: 'menu.people', actions: ['people.list'], pinyin: 'ren yuan' },
      { to: 'lists', title: 'menu.lists', actions: ['lists.import'], pinyin: 'dao ru ming dan' },
      { to: 'forms', title: 'menu.forms', actions: ['forms.read'], pinyin: 'biao dan' },
      { to: 'looks', title: 'menu.looks', actions: ['looks.read', 'looks.review'], pinyin: 'cha kan ji lu' },
      { to: 'retention', title: 'menu.retention', actions: ['retention.read'], pinyin: 'bao cun qi xian' },
      { to: 'accounts', title: 'menu.accounts', actions: ['accounts.manage'], pinyin: 'zhang hao' },
      { to: 'devices', title: 'menu.devices', actions: ['devices.manage'], pinyin: 'she bei' },
    ],
  },
  { doors: [{ to: 'mine', title: 'menu.mine', actions: ['own.read'], pinyin: 'wo de xin xi' }] },
]

const OF_PEOPLE: Room[] = ['people', 'find', 'enter', 'import', 'merge', 'person', 'person-looks']
/** The door to people leads to the first of these rooms that the role may enter. */
const PEOPLE: [Open, string][] = [
  ['people', 'people.list'],
  ['find', 'people.find'],
  ['enter', 'people.enter'],
]
/** So many doors stand in a row without groups. */
const MOST_IN_A_ROW = 7

type May = (...actions: string[]) => boolean

/** The doors that are open to whoever is here, grouped where there are many. A group of one is a door. */
export function groupsFor(session: Session, may: May): Group[] {
  const open = (door: Door): Door[] => {
    if (door.to === 'people') {
      const first = PEOPLE.find(([, action]) => may(action))
      return first ? [{ ...door, to: first[0], behind: OF_PEOPLE }] : []
    }
    const visitor = door.to === 'mine' && !signedIn(session)
    return visitor || may(...door.actions) ? [door] : []
  }
  const found = GROUPS.map((group) => ({ ...group, doors: group.doors.flatMap(open) })).filter((g) => g.doors.length)
  const doors = found.flatMap((group) => group.doors)
  if (doors.length <= MOST_IN_A_ROW) return [{ doors }]
  return found.map((group) => (group.doors.length === 1 ? { doors: group.doors } : group))
}

export function isBehind(door: Door, room: Room): boolean {
  return door.behind ? door.behind.includes(room) : door.to === room
}
