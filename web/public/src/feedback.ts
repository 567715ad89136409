/** The feedback page: what one tells is sent without a name, and is asked about by its number alone. */

import { type Division, division, feedback, feedbackStatus, newId, Wrong } from './api'
import { h, put } from './dom'
import { words } from './feedback-words'
import { fill, type Lang } from './words'

const COUNTRY = '100000'
const LEVELS = ['province', 'prefecture', 'county']
type Topic = keyof typeof words.zh.topics
type Outcome = keyof typeof words.zh.outcomes

let lang: Lang = /\bzh\b/i.test(navigator.language) ? 'zh' : 'en'
let steps: { chosen: string; of: Division }[] = []
let topic: Topic = 'notice'
let text = ''
let number = ''
let sending = false
let given: { ticket: string; due: string; erase_on: string } | null = null
let problems: string[] = []
let told: string[] = []
/** The same feedback however often it is sent. */
let id = newId()

const page = document.getElementById('page') as HTMLElement
const [head, give, ask] = ['header', 'section', 'section'].map((name) => {
  const part = document.createElement(name)
  page.append(part)
  return part
}) as [HTMLElement, HTMLElement, HTMLElement]

const w = () => words[lang]
const named = (one: { zh: string; en: string }) => (lang === 'en' && one.en ? one.en : one.zh)
const area = () => steps.reduce((last, one) => one.chosen || last, '')
const moment = (at: string) =>
  new Date(at).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: 'Asia/Shanghai' })

function showHead(): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  document.title = w().title
  const home = h('a', { href: `/public/${lang}/feedback.html` }, w().home)
  put(
    head,
    h('div', {}, h('h1', {}, w().h1), h('p', {}, w().lead), h('p', {}, home)),
    h('button', { type: 'button', id: 'language', lang: lang === 'zh' ? 'en' : 'zh-CN', onclick: toggle }, w().other),
  )
}

function toggle(): void {
  lang = lang === 'zh' ? 'en' : 'zh'
  show()
}

function showGive(): void {
  if (given) {
    const until = fill(w().due, moment(given.due), given.erase_on)
    const shown = h('strong', { id: 'number' }, given.ticket)
    put(
      give,
      h('h2', {}, w().give),
      h('div', { role: 'status', id: 'sent', tabindex: -1 }, h('p', {}, w().sent, ' ', shown), h('p', {}, until)),
    )
    return
  }
  const places = steps.map((step, at) => {
    const field = h(
      'select',
      { id: `level-${at}`, 'aria-label': w().area, onchange: () => choose(at, field.value) },
      h('option', { value: '' }, w().choose),
      ...step.of.children.map((one) => h('option', { value: one.code }, named(one))),
    )
    field.value = step.chosen
    return field
  })
  const kind = h(
    'select',
    {
      id: 'topic',
      onchange: () => {
        topic = kind.value as Topic
      },
    },
    ...(Object.keys(w().topics) as Topic[]).map((one) => h('option', { value: one }, w().topics[one])),
  )
  kind.value = topic
  const field = h('textarea', {
    id: 'words',
    rows: 6,
    maxlength: 2000,
    'aria-describedby': 'problems',
    oninput: () => {
      text = field.value
    },
  })
  field.value = text
  put(
    give,
    h('h2', {}, w().give),
    h('fieldset', {}, h('legend', {}, w().area), h('div', { class: 'fields' }, ...places)),
    h('p', {}, h('label', { for: 'topic' }, w().topic), kind),
    h('p', {}, h('label', { for: 'words' }, w().text), field),
    h('div', { id: 'problems', class: 'wrong', role: 'alert' }, ...problems.map((one) => h('p', {}, one))),
    h(
      'button',
      { type: 'button', id: 'send', class: 'first', disabled: sending, onclick: send },
      sending ? w().sending : w().send,
    ),
  )
}

async function choose(at: number, code: string): Promise<void> {
  steps = steps.slice(0, at + 1)
  ;(steps[at] as { chosen: string }).chosen = code
  if (code) await below(code)
  showGive()
}

/** What may be chosen next, down to the county. */
async function below(code: string): Promise<void> {
  try {
    const of = await division(code, lang)
    if (of.children.some((one) => LEVELS.includes(one.level))) steps.push({ chosen: '', of })
  } catch {
    problems = [w().failed]
  }
}

async function send(): Promise<void> {
  problems = [...(area() ? [] : [w().needArea]), ...(text.trim() ? [] : [w().needText])]
  if (problems.length || sending) {
    showGive()
    return
  }
  sending = true
  showGive()
  try {
    given = await feedback({ id, area: area(), topic, lang, words: text })
    text = ''
    id = newId()
  } catch (error) {
    problems = wrong(error)
  }
  sending = false
  showGive()
  document.getElementById(given ? 'sent' : 'words')?.focus()
}

function wrong(error: unknown): string[] {
  if (error instanceof Wrong && error.status === 429) return [w().busy]
  if (error instanceof Wrong && error.fields.length) return error.fields.map((one) => one.msg)
  return [w().failed]
}

function showAsk(): void {
  const field = h('input', {
    type: 'text',
    id: 'ticket',
    maxlength: 20,
    autocomplete: 'off',
    value: number,
    oninput: () => {
      number = field.value
    },
  })
  put(
    ask,
    h('h2', {}, w().ask),
    h('p', {}, h('label', { for: 'ticket' }, w().ticket), field),
    h('button', { type: 'button', id: 'look', onclick: look }, w().look),
    h('div', { id: 'answer', role: 'status' }, ...told.map((one) => h('p', {}, one))),
  )
}

async function look(): Promise<void> {
  try {
    const one = await feedbackStatus(number, lang)
    told = one.outcome ? [w().outcomes[one.outcome as Outcome], one.answer] : [fill(w().waiting, moment(one.due))]
  } catch (error) {
    told = [error instanceof Wrong && error.status === 404 ? w().unknown : (wrong(error)[0] ?? w().failed)]
  }
  showAsk()
}

function show(): void {
  showHead()
  showGive()
  showAsk()
}

show()
below(COUNTRY).then(show)
