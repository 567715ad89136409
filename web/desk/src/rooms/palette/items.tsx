import type { ReactNode } from 'react'
import { type AllFound, find } from '../../api/find'
import { type Resource, useResource } from '../../api/resource'
import type { Session } from '../../api/types'
import { groupsFor } from '../../doors'
import { AreaName } from '../../forms/AreaName'
import { en as enWords } from '../../i18n/en'
import { zh as zhWords } from '../../i18n/zh'
import { pathOf, type Route } from '../../route'
import type { Change } from '../../view'
import { meant, type Spelled } from './match'
import { type Recent, recents } from './recent'
import { LANGUAGES, type Spoken } from './words'

export interface Item extends Spelled {
  key: string
  label: ReactNode
  note: string
  /** Where it leads, or what it does. */
  opens: string | (() => void)
  /** As what it is remembered on this device. */
  recent?: Recent
  /** The palette stays open. */
  stays?: boolean
}
export interface Part {
  title: string
  items: Item[]
}

type May = (...actions: string[]) => boolean
type ActKey = Extract<keyof (typeof LANGUAGES)['zh'], `act.${string}`>

const SHOWN = 8

/** Acts that are pages: what opens each, where it is, and how its Chinese title is typed. */
const ACTS: [ActKey, string, string, string][] = [
  ['act.report_case', 'cases.report', '#cases/new', 'bao gao bing li'],
  ['act.register_contact', 'contacts.trace', '#contacts/new', 'deng ji mi qie jie chu zhe'],
  ['act.order', 'isolation.order', '#isolation?show=new', 'xia da ge li zhi ling'],
  ['act.own_tasks', 'tasks.attempt', '#tasks?mine=true', 'kan wo de ren wu'],
  ['act.enter_person', 'people.enter', '#people/new', 'deng ji ren yuan'],
  ['act.import_people', 'people.enter', '#people/import', 'dao ru ren yuan'],
]

/** What opens a thing of a kind, and where. */
const CARDS: Record<Exclude<Recent['kind'], 'page' | 'division'>, [string, (id: string) => string]> = {
  grid: ['screening.read', (id) => `#coverage?show=grids&grid=${id}`],
  post: ['gates.read', (id) => pathOf({ room: 'gate', id })],
  clinic: ['gates.read', (id) => pathOf({ room: 'gate', id })],
  station: ['stations.read', (id) => pathOf({ room: 'station', id })],
  case: ['cases.read', (id) => pathOf({ room: 'case', id })],
  contact: ['contacts.read', (id) => pathOf({ room: 'contact', id })],
}

/** The pages and acts of whoever is here. */
export function fixed(session: Session, may: May, w: Spoken, change: Change): { pages: Item[]; acts: Item[] } {
  const pages = groupsFor(session, may).flatMap(({ title, doors }) =>
    doors.map(
      (door): Item => ({
        key: `page ${door.to}`,
        label: w.t(door.title),
        note: title ? w.t(title) : '',
        spellings: [zhWords[door.title], enWords[door.title], door.pinyin],
        opens: pathOf({ room: door.to } as Route),
        recent: { kind: 'page', id: door.to },
      }),
    ),
  )
  const act = (key: ActKey, pinyin: string, opens: Item['opens']): Item => ({
    key,
    label: w.t(key),
    note: '',
    spellings: [LANGUAGES.zh[key], LANGUAGES.en[key], pinyin],
    opens,
  })
  const acts = ACTS.filter(([, action]) => may(action)).map(([key, , hash, pinyin]) => act(key, pinyin, hash))
  acts.push(act('act.role', 'qie huan jue se', '#me'))
  acts.push(act('act.language', 'qie huan yu yan', () => change({ lang: w.lang === 'zh' ? 'en' : 'zh' }, true)))
  acts.push(act('act.print', 'da yin ben ye', () => print()))
  return { pages, acts }
}

/** What the server is asked for: everything that has a name or a number and is nobody's. */
export function useAsked(text: string): Resource<AllFound> {
  return useResource(text ? `asked|${text}` : null, (signal) => find(text, signal))
}

/** Where a division leads: to how it stands, else to its assessment, its households, its tasks or its notices. */
function opening(may: May, change: Change, code: string): Item['opens'] {
  if (may('situation.read')) return `#situation?area=${code}`
  if (may('warning.read')) return `#area?area=${code}`
  if (may('screening.read')) return `#coverage?area=${code}`
  if (may('tasks.read')) return `#tasks?area=${code}`
  return () => {
    change({ area: code, asOf: null })
    location.hash = '#figures'
  }
}

/** What was found on the server, by kind. */
function found(asked: AllFound, may: May, change: Change, w: Spoken): Part[] {
  const thing = ({ kind, id, name, area }: AllFound['places'][number]): Item => ({
    key: `${kind} ${id}`,
    label: name || w.t('palette.no_number'),
    note: `${w.t(`palette.${kind}`)} · ${w.name(area)}`,
    spellings: [],
    opens: CARDS[kind][1](id),
    recent: { kind, id },
  })
  const tasks = asked.tasks.map(
    (one): Item => ({
      key: `tasks ${one.rule} ${one.area.code}`,
      label: w.name(one),
      note: `${w.name(one.area)} · ${w.t(one.late ? 'palette.late' : 'palette.open', { n: w.n(one.n), late: w.n(one.late) })}`,
      spellings: [],
      opens: `#tasks?mine=true&rule=${one.rule}&area=${one.area.code}`,
    }),
  )
  const areas = asked.divisions.map(
    (one): Item => ({
      key: `division ${one.code}`,
      label: w.name(one),
      note: [one.above && w.name(one.above), one.code].filter(Boolean).join(' · '),
      spellings: [],
      opens: opening(may, change, one.code),
      recent: { kind: 'division', id: one.code },
    }),
  )
  return [
    { title: w.t('palette.tasks'), items: tasks },
    { title: w.t('palette.numbered'), items: asked.numbered.map(thing) },
    { title: w.t('palette.places'), items: asked.places.map(thing) },
    { title: w.t('palette.areas'), items: areas },
  ]
}

/** What was opened last on this device and is still open to whoever is here. */
function lately(pages: Item[], may: May, change: Change, w: Spoken): Item[] {
  return recents().flatMap((one): Item[] => {
    const key = `recent ${one.kind} ${one.id}`
    if (one.kind === 'page') return pages.filter((page) => page.recent?.id === one.id).map((page) => ({ ...page, key }))
    if (one.kind === 'division') {
      const opens = opening(may, change, one.id)
      return [{ key, label: <AreaName code={one.id} />, note: one.id, spellings: [], opens, recent: one }]
    }
    const [action, to] = CARDS[one.kind]
    if (!may(action)) return []
    const label = `${w.t(`palette.${one.kind}`)} …${one.id.slice(-6)}`
    return [{ key, label, note: '', spellings: [], opens: to(one.id), recent: one }]
  })
}

interface Asks {
  text: string
  fixed: ReturnType<typeof fixed>
  asked: AllFound | null
  may: May
  change: Change
  /** Goes on to looking for a person, which is a step of its own: each search is a look on record. */
  person: () => void
  w: Spoken
}

/** All that can be chosen now, by kind. */
export function partsOf({ text, fixed: { pages, acts }, asked, may, change, person, w }: Asks): Part[] {
  const people: Item = {
    key: 'person',
    label: text ? w.t('palette.find_person', { text }) : w.t('act.find_person'),
    note: w.t('palette.recorded'),
    spellings: [LANGUAGES.zh['act.find_person'], LANGUAGES.en['act.find_person'], 'cha zhao ren yuan'],
    opens: person,
    stays: true,
  }
  return [
    { title: w.t('palette.recent'), items: text ? [] : lately(pages, may, change, w) },
    { title: w.t('palette.pages'), items: text ? meant(text, pages).slice(0, SHOWN) : pages },
    { title: w.t('palette.acts'), items: text ? meant(text, acts).slice(0, SHOWN) : acts },
    ...(asked && text ? found(asked, may, change, w) : []),
    { title: w.t('palette.people'), items: may('people.find') ? [people] : [] },
  ].filter((part) => part.items.length)
}
