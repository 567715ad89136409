/** The open page: what one feels and where one is stays here; clinics come to the page, and their distance is found in it. */

import { type Care, type Clinic, call, care, type Division, division, newId, Wrong } from './api'
import { h, put } from './dom'
import { advice, type Near, ordered, type Position, temperature } from './near'
import { fill, type Lang, words } from './words'

const COUNTRY = '100000'
const LEVELS = ['province', 'prefecture', 'county', 'town']
const FIRST = 5

let lang: Lang = /\bzh\b/i.test(navigator.language) ? 'zh' : 'en'
let its: Care | null = null
let unreachable = false
const felt = new Set<string>()
let typed = ''
/** The divisions that were chosen, from the province on, and what may be chosen at each step. */
let steps: { chosen: string; of: Division }[] = []
let clinics: Clinic[] = []
let position: Position | null = null
let located = ''
let all = false
let sending = false
let phone = ''
let sent = ''
let problems: string[] = []
/** The same call however often it is sent. */
let id = newId()

const page = document.getElementById('page') as HTMLElement
const [head, symptoms, place, result, back] = ['header', 'section', 'section', 'section', 'section'].map((name) => {
  const part = document.createElement(name)
  page.append(part)
  return part
}) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement]

const w = () => words[lang]
const named = (one: { zh: string; en: string }) => (lang === 'en' && one.en ? one.en : one.zh)
const chosenAt = (level: string) => steps.find((one) => levelOf(one) === level)?.chosen ?? ''
/** A prefecture whose towns lie right below it is its own county. */
const county = () => chosenAt('county') || (chosenBelow('town') ? chosenAt('prefecture') : '')
const chosenBelow = (level: string) => steps.some((one) => levelOf(one) === level)
const area = () => chosenAt('town') || county()

/** Of which level the divisions are that may be chosen at a step. */
function levelOf(step: { chosen: string; of: Division }): string {
  const one = step.of.children.find((each) => each.code === step.chosen) ?? step.of.children[0]
  return one?.level ?? ''
}

function showHead(): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  document.title = w().title
  const site = h('p', {}, h('a', { href: `/public/${lang}/index.html` }, w().site))
  put(
    head,
    h('div', {}, h('h1', {}, w().h1), h('p', {}, w().lead), h('p', { class: 'hint' }, w().privacy), site),
    h('button', { type: 'button', id: 'language', lang: lang === 'zh' ? 'en' : 'zh-CN', onclick: toggle }, w().other),
  )
}

function toggle(): void {
  lang = lang === 'zh' ? 'en' : 'zh'
  show()
}

function showSymptoms(): void {
  if (!its) {
    const again = h('button', { type: 'button', onclick: start }, w().retry)
    put(symptoms, unreachable && h('p', { class: 'wrong', role: 'alert' }, w().unreachable), unreachable && again)
    return
  }
  const boxes = its.symptoms.map((one) => {
    const box = h('input', { type: 'checkbox', id: `s-${one.code}`, onchange: () => feel(one.code, box.checked) })
    box.checked = felt.has(one.code)
    return h('label', {}, box, named(one))
  })
  const wrong = Number.isNaN(temperature(typed))
  const field = h('input', {
    type: 'text',
    inputmode: 'decimal',
    id: 'temp',
    maxlength: 6,
    autocomplete: 'off',
    value: typed,
    'aria-invalid': wrong,
    'aria-describedby': 'temp-wrong',
    oninput: () => warm(field.value),
  })
  put(
    symptoms,
    h('fieldset', {}, h('legend', {}, w().symptoms), h('div', { class: 'symptoms' }, ...boxes)),
    h('p', {}, h('label', { for: 'temp' }, w().temp), field),
    h('p', { id: 'temp-wrong', class: 'wrong', 'aria-live': 'polite' }, wrong && w().tempWrong),
  )
}

function feel(code: string, on: boolean): void {
  if (on) felt.add(code)
  else felt.delete(code)
  showResult()
}

function warm(text: string): void {
  typed = text
  const wrong = Number.isNaN(temperature(typed))
  document.getElementById('temp')?.setAttribute('aria-invalid', String(wrong))
  put(document.getElementById('temp-wrong') as HTMLElement, wrong && w().tempWrong)
  showResult()
}

function showPlace(): void {
  if (!its) {
    put(place)
    return
  }
  const fields = steps.map((step, at) => {
    const field = h(
      'select',
      { id: `level-${at}`, onchange: () => choose(at, field.value) },
      h('option', { value: '' }, w().choose),
      ...step.of.children.map((one) => h('option', { value: one.code }, named(one))),
    )
    field.value = step.chosen
    const name = w().levels[LEVELS.indexOf(levelOf(step))] ?? w().choose
    return h('div', {}, h('label', { for: `level-${at}` }, name), field)
  })
  put(
    place,
    h('h2', {}, w().place),
    h('div', { class: 'fields' }, ...fields),
    county() !== '' &&
      'geolocation' in navigator &&
      h('p', {}, h('button', { type: 'button', id: 'locate', onclick: locate }, w().locate)),
    h('p', { class: 'hint', role: 'status' }, located && (located === 'yes' ? w().located : w().notLocated)),
  )
}

async function choose(at: number, code: string): Promise<void> {
  const before = county()
  steps = steps.slice(0, at + 1)
  ;(steps[at] as { chosen: string }).chosen = code
  showPlace()
  if (code) await below(code)
  if (county() !== before) {
    clinics = []
    all = false
    await find()
  }
  showPlace()
  showResult()
}

/** What may be chosen next, down to the town. */
async function below(code: string): Promise<void> {
  try {
    const of = await division(code, lang)
    if ((steps[steps.length - 1]?.chosen ?? COUNTRY) === code && of.children.some((one) => LEVELS.includes(one.level)))
      steps.push({ chosen: '', of })
    unreachable = false
  } catch {
    unreachable = true
  }
}

/** The clinics around the county, of the prefecture or municipality: the nearest may lie in the next one. */
async function find(): Promise<void> {
  const wanted = county()
  if (!wanted) return
  const beside = steps.find((one) => one.chosen === wanted)?.of
  const around = beside?.children.every((one) => one.level === 'county') ? beside.code : wanted
  try {
    const found = await care(around, lang)
    if (county() === wanted) clinics = found.clinics
    unreachable = false
  } catch {
    unreachable = true
  }
}

function locate(): void {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      position = { east_deg: coords.longitude, north_deg: coords.latitude }
      located = 'yes'
      showPlace()
      showResult()
    },
    () => {
      located = 'no'
      showPlace()
    },
    { timeout: 15_000, maximumAge: 60_000 },
  )
}

function showResult(): void {
  if (!its) {
    put(result)
    return
  }
  const to = advice(felt, temperature(typed), its.danger, its.fever_c)
  const said =
    to === 'none'
      ? [h('p', {}, w().none)]
      : [
          h('p', {}, h('strong', {}, to === 'now' ? fill(w().now, its.emergency) : w().go)),
          to === 'clinic' && h('ul', {}, ...w().tips.map((tip) => h('li', {}, tip))),
          h('p', { class: 'hint' }, fill(w().not, its.emergency)),
        ]
  put(
    result,
    h('h2', {}, w().advice),
    h('div', { class: `advice ${to}`, role: 'status' }, ...said),
    h('h2', {}, w().clinics),
    ...list(),
  )
  showBack()
}

function list(): HTMLElement[] {
  if (!county()) return [h('p', { class: 'hint' }, w().pickCounty)]
  if (unreachable)
    return [
      h('p', { class: 'wrong', role: 'alert' }, w().unreachable),
      h('p', {}, h('button', { type: 'button', id: 'again', onclick: () => find().then(showResult) }, w().retry)),
    ]
  if (!clinics.length) return [h('p', {}, fill(w().noClinics, its?.emergency ?? ''))]
  const found = ordered(clinics, position, county(), chosenAt('town'))
  const shown = all ? found : found.slice(0, FIRST)
  const more = () => {
    all = true
    showResult()
  }
  return [
    h('ol', { class: 'clinics' }, ...shown.map(clinic)),
    ...(shown.length < found.length
      ? [h('p', {}, h('button', { type: 'button', onclick: more }, fill(w().all, found.length)))]
      : []),
  ]
}

function clinic({ clinic: one, km }: Near): HTMLElement {
  const round = one.opens_min === 0 && one.closes_min === 1440
  const hours = round ? w().always : fill(w().hours, `${clock(one.opens_min)}–${clock(one.closes_min)}`)
  return h(
    'li',
    {},
    h('h3', { lang: 'zh-CN' }, one.name),
    h('div', {}, `${state(one)} · ${hours}`),
    km !== null && h('div', {}, fill(w().km, km < 10 ? km.toFixed(1) : Math.round(km))),
    one.telephone !== null && h('a', { href: `tel:${one.telephone}` }, fill(w().call, one.telephone)),
  )
}

function state(one: Clinic): string {
  if (one.service === 'suspended') return w().suspended
  const open = one.open_now ? w().open : w().shut
  return one.service === 'limited' ? `${open} · ${w().limited}` : open
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function showBack(): void {
  if (!its) {
    put(back)
    return
  }
  if (sent) {
    const received = fill(w().sent, sent, its.emergency)
    put(back, h('h2', {}, w().back), h('p', { role: 'status', id: 'sent', tabindex: -1 }, received))
    return
  }
  const field = h('input', {
    type: 'tel',
    id: 'phone',
    maxlength: 32,
    autocomplete: 'tel',
    value: phone,
    'aria-describedby': 'problems',
    oninput: () => {
      phone = field.value
    },
  })
  put(
    back,
    h('h2', {}, w().back),
    h('p', {}, fill(w().backLead, its.call_back_h, its.kept_days)),
    h('p', {}, h('label', { for: 'phone' }, w().phone), field),
    h('div', { id: 'problems', class: 'wrong', role: 'alert' }, ...problems.map((one) => h('p', {}, one))),
    h(
      'button',
      { type: 'button', id: 'send', class: 'first', disabled: sending, onclick: send },
      sending ? w().sending : w().send,
    ),
  )
}

function lacking(): string[] {
  const temp = temperature(typed)
  const wrong: string[] = []
  if (felt.size === 0 && temp === null) wrong.push(w().needSymptoms)
  if (Number.isNaN(temp)) wrong.push(w().tempWrong)
  if (!county()) wrong.push(w().needCounty)
  if (!phone.trim()) wrong.push(w().needPhone)
  return wrong
}

async function send(): Promise<void> {
  problems = lacking()
  if (problems.length || sending) {
    showBack()
    return
  }
  sending = true
  showBack()
  try {
    const one = { id, area: area(), phone, symptoms: [...felt], temp_c: temperature(typed), language: lang }
    sent = (await call(one)).erase_on
    phone = ''
    id = newId()
  } catch (error) {
    problems = told(error)
  }
  sending = false
  showBack()
  document.getElementById(sent ? 'sent' : 'phone')?.focus()
}

function told(error: unknown): string[] {
  if (error instanceof Wrong && error.status === 429) return [fill(w().busy, its?.emergency ?? '')]
  if (error instanceof Wrong && error.fields.length) return error.fields.map((one) => one.msg)
  return [w().failed]
}

function show(): void {
  showHead()
  showSymptoms()
  showPlace()
  showResult()
}

async function start(): Promise<void> {
  showHead()
  try {
    its = await care('', lang)
    steps = []
    await below(COUNTRY)
  } catch {
    unreachable = true
  }
  show()
}

void start()
