import { command, type Spoken } from '../../api/command'
import { useResource } from '../../api/resource'
import { useNow } from '../../forms/now'
import { place } from '../../forms/place'
import { calendarDay } from '../../moments'

/** What is filled into a template; `day` is a moment. */
export interface Given {
  area: string
  issuer: string
  phone: string
  day: string
}

/** What templates are filled from: their languages, the area's name in Chinese and English, and today. */
export function useTemplates(area: string) {
  const { data, error, loading, retry } = useResource('notice-templates', (signal) => command.templates(signal))
  const named = useResource(`named|${area}`, () => place(area))
  const now = useNow()
  const name = (lang: string) => (lang === 'zh' ? named.data?.zh : named.data?.en) || area
  return {
    spoken: data?.languages ?? [],
    sorts: data?.sorts ?? [],
    error,
    loading,
    retry,
    name,
    day: now === null ? '' : new Date(now).toISOString(),
  }
}

/** A text with its fields filled in. */
export function filled(text: string, given: Given, lang: string): string {
  const date = given.day && calendarDay(given.day, lang === 'zh' ? 'zh' : 'en')
  const its: Record<string, string> = { area: given.area, issuer: given.issuer, phone: given.phone, date }
  return text.replace(/\{(\w+)\}/g, (_, field: string) => its[field] ?? '')
}

/** The templates by their titles, to choose from. */
export function titles(spoken: readonly Spoken[], lang: string, area: string) {
  const its = spoken.find((one) => one.lang === lang)
  const label = (title: string) => filled(title, { area, issuer: '', phone: '', day: '' }, lang)
  return (its?.templates ?? []).map((one) => ({ value: one.code, label: label(one.title) }))
}

/** A template with everything filled in, as it stands on a poster. */
export function sheet(of: Spoken, code: string, given: Given) {
  const found = of.templates.find((one) => one.code === code)
  if (!found) return null
  const say = (text: string) => filled(text, given, of.lang)
  return {
    title: say(found.title),
    lead: say(found.lead),
    points: found.points.map(say),
    close: say(found.close),
    phone: given.phone && say(of.phone),
    issued: say(of.issued),
  }
}

/** The same as the title and the text of a notice. */
export function plain(of: Spoken, code: string, given: Given): { title: string; text: string } | null {
  const its = sheet(of, code, given)
  if (!its) return null
  const points = its.points.map((point, at) => `${at + 1}. ${point}`)
  return { title: its.title, text: [its.lead, ...points, its.close, its.phone].filter(Boolean).join('\n') }
}
