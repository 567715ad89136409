import { type CasePage, cases } from '../../api/cases'
import { ApiError } from '../../api/client'
import { type Division, home } from '../../api/home'
import { type Resource, useResource } from '../../api/resource'
import type { Session } from '../../api/types'
import { groupsFor } from '../../doors'
import { en as enWords } from '../../i18n/en'
import { zh as zhWords } from '../../i18n/zh'
import { pathOf, type Route } from '../../route'
import type { Change } from '../../view'
import { meant, type Spelled, typed } from './match'
import { LANGUAGES, type Spoken } from './words'

export interface Item extends Spelled {
  key: string
  label: string
  note: string
  act: () => void
}
export interface Part {
  title: string
  items: Item[]
}

type May = (...actions: string[]) => boolean
type ActKey = Extract<keyof (typeof LANGUAGES)['zh'], `act.${string}`>

const SHOWN = 8
/** Fewer letters begin too many numbers. */
const LEAST_OF_A_NUMBER = 3

const leads = (hash: string) => () => {
  location.hash = hash
}

/** Acts that are pages: what opens each, where it is, and how its Chinese title is typed. */
const ACTS: [ActKey, string, string, string][] = [
  ['act.report_case', 'cases.report', '#cases/new', 'bao gao bing li'],
  ['act.register_contact', 'contacts.trace', '#contacts/new', 'deng ji mi qie jie chu zhe'],
  ['act.order', 'isolation.order', '#isolation?show=new', 'xia da ge li zhi ling'],
  ['act.own_tasks', 'tasks.attempt', '#tasks?mine=true', 'kan wo de ren wu'],
  ['act.find_person', 'people.find', '#people/find', 'cha zhao ren yuan'],
  ['act.enter_person', 'people.enter', '#people/new', 'deng ji ren yuan'],
  ['act.import_people', 'people.enter', '#people/import', 'dao ru ren yuan'],
]

/** The pages and acts of whoever is here. */
export function fixed(session: Session, may: May, w: Spoken, change: Change): { pages: Item[]; acts: Item[] } {
  const pages = groupsFor(session, may).flatMap(({ title, doors }) =>
    doors.map((door) => ({
      key: `page ${door.to}`,
      label: w.t(door.title),
      note: title ? w.t(title) : '',
      spellings: [zhWords[door.title], enWords[door.title], ...typed(door.pinyin)],
      act: leads(pathOf({ room: door.to } as Route)),
    })),
  )
  const act = (key: ActKey, pinyin: string, does: () => void): Item => ({
    key,
    label: w.t(key),
    note: '',
    spellings: [LANGUAGES.zh[key], LANGUAGES.en[key], ...typed(pinyin)],
    act: does,
  })
  const acts = ACTS.filter(([, action]) => may(action)).map(([key, , hash, pinyin]) => act(key, pinyin, leads(hash)))
  acts.push(act('act.role', 'qie huan jue se', leads('#me')))
  acts.push(act('act.language', 'qie huan yu yan', () => change({ lang: w.lang === 'zh' ? 'en' : 'zh' }, true)))
  acts.push(act('act.print', 'da yin ben ye', () => print()))
  return { pages, acts }
}

/** What the server is asked for: divisions by their names, cases by the beginning of their numbers. */
export function useAsked(text: string, area: string, may: May): Resource<[Division[], CasePage['cases']]> {
  const number = text.length >= LEAST_OF_A_NUMBER && /\d/.test(text) && may('cases.read')
  return useResource(text ? `asked|${text}` : null, (signal) =>
    Promise.all([
      home.divisions(text, signal),
      number
        ? cases
            .list({ area, text, columns: ['number', 'area', 'to'], limit: SHOWN }, signal)
            .then((page) => page.cases, none)
        : [],
    ]),
  )
}

/** Who sees sums only finds no single case. */
function none(error: unknown): [] {
  if (error instanceof ApiError && ['forbidden', 'missing', 'refused'].includes(error.kind)) return []
  throw error
}

/** Where a division leads: to its assessment, else to its figures, else to its households or tasks. */
function opening(may: May, change: Change, code: string): () => void {
  if (may('warning.read')) return leads(`#area?area=${code}`)
  if (may('screening.read')) return leads(`#coverage?area=${code}`)
  if (may('tasks.read')) return leads(`#tasks?area=${code}`)
  return () => {
    change({ area: code, asOf: null })
    location.hash = '#figures'
  }
}

/** All that was found, by kind. */
export function partsOf(
  text: string,
  { pages, acts }: ReturnType<typeof fixed>,
  asked: [Division[], CasePage['cases']] | null,
  may: May,
  change: Change,
  w: Spoken,
): Part[] {
  const [divisions, numbered] = (text && asked) || [[], []]
  const areas = divisions.map((one) => ({
    key: `area ${one.code}`,
    label: w.name(one),
    note: one.code,
    spellings: [],
    act: opening(may, change, one.code),
  }))
  const found = numbered.map((one) => ({
    key: `case ${one.subject}`,
    label: one.number ?? w.t('palette.no_number'),
    note: w.t('palette.case', { id: String(one.subject).slice(-6) }),
    spellings: [],
    act: leads(pathOf({ room: 'case', id: String(one.subject) })),
  }))
  return [
    { title: w.t('palette.pages'), items: text ? meant(text, pages).slice(0, SHOWN) : pages },
    { title: w.t('palette.acts'), items: text ? meant(text, acts).slice(0, SHOWN) : acts },
    { title: w.t('palette.cases'), items: found },
    { title: w.t('palette.areas'), items: areas },
  ].filter((part) => part.items.length)
}
