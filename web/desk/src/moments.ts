import type { Lang } from './api/types'

/**
 * Moments are shown in the offset that they are written in (a notice's clock is that of its own area), whatever the
 * zone of the computer that shows them.
 */

/** The clock of every time that no notice has written: that of the authority, whoever looks from wherever. */
export const ZONE = 'Asia/Shanghai'
const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' }

/** Making a format costs a hundred times what using it does: each is made once. */
const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

function dated(locale: string, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(form)
  const made = dates.get(key) ?? new Intl.DateTimeFormat(locale, form)
  dates.set(key, made)
  return made
}

function numbered(lang: Lang, form: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(form)
  const made = numbers.get(key) ?? new Intl.NumberFormat(LOCALE[lang], form)
  numbers.set(key, made)
  return made
}

/** Minutes east of UTC that an ISO moment is written in; `Z` and none count as UTC+8, the clock of the notices. */
function offsetMinutes(iso: string): number {
  const match = /([+-])(\d\d):?(\d\d)$/.exec(iso)
  if (!match) return 480
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

/** The clock on the wall where the moment was written, as milliseconds of UTC. */
export function wallMs(iso: string): number {
  return Date.parse(iso) + offsetMinutes(iso) * 60_000
}

function wall(iso: string, backMs = 0): Date {
  return new Date(wallMs(iso) - backMs)
}

function day(at: Date, lang: Lang, year: boolean): string {
  const form: Intl.DateTimeFormatOptions = { timeZone: 'UTC', month: 'long', day: 'numeric' }
  if (year) form.year = 'numeric'
  return dated(LOCALE[lang], form).format(at)
}

const two = (n: number) => String(n).padStart(2, '0')

/** A moment as a notice says it: 00:00 is 24:00 of the day before; with precision "day" the day alone. */
export function moment(
  iso: string,
  lang: Lang,
  options: { precision?: string; year?: boolean; opens?: boolean } = {},
): string {
  const at = wall(iso)
  const midnight = at.getUTCHours() === 0 && at.getUTCMinutes() === 0
  const closing = midnight && !options.opens
  const date = day(closing ? wall(iso, 1) : at, lang, options.year ?? true)
  if (options.precision === 'day') return date
  const clock = closing ? '24:00' : `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  return lang === 'zh' ? `${date} ${clock}` : `${clock}, ${date}`
}

/** The moment of the server's clock (when something was stored) to the minute. */
export function stamp(iso: string, lang: Lang): string {
  return dated(LOCALE[lang], { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }).format(new Date(iso))
}

/** From one moment to another: of one day the day is said once. */
export function span(from: string, to: string, lang: Lang): string {
  const same = civilDay(from) === civilDay(to)
  return same ? `${stamp(from, lang)}–${clock(to)}` : `${stamp(from, lang)} – ${stamp(to, lang)}`
}

/** 2020-01-28 as a day, whatever the zone; of a moment the day by the clock of the authority. */
export function calendarDay(iso: string, lang: Lang): string {
  const form: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', day: 'numeric' }
  form.timeZone = /^\d{4}-\d\d-\d\d$/.test(iso) ? 'UTC' : ZONE
  return dated(LOCALE[lang], form).format(new Date(iso))
}

/** The day of a moment with its weekday, by the clock of the authority. */
export function wholeDay(iso: string, lang: Lang): string {
  return dated(LOCALE[lang], { dateStyle: 'full', timeZone: ZONE }).format(new Date(iso))
}

/** The time of a moment, by the clock of the authority: 09:00 in every language. */
export function clock(iso: string): string {
  return dated('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: ZONE }).format(new Date(iso))
}

/** A number; with `digits` always so many behind the point. */
export function number(n: number, lang: Lang, digits?: number): string {
  const form = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return numbered(lang, form).format(n)
}

/** 37.2 ℃: a space before the sign in both languages, which a line does not break at. */
export const celsius = (n: number, lang: Lang): string => `${number(n, lang, 1)}\u00a0℃`

/** A share, 0 to 1, in percent, cut off and not rounded: what is not all never reads 100%. */
export function percent(share: number, lang: Lang, digits = 1): string {
  const scale = 10 ** digits
  return `${number(Math.floor(share * 100 * scale + 1e-6) / scale, lang)}%`
}

/** A language by its name; by its code where the browser has no name of it. */
export function languageName(code: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

const collators: Partial<Record<Lang, Intl.Collator>> = {}

/** The order of names: by pinyin in Chinese. */
export function inOrder(a: string, b: string, lang: Lang): number {
  collators[lang] ??= new Intl.Collator(LOCALE[lang])
  return collators[lang].compare(a, b)
}

/** With its sign, and a real minus: +2, −3, 0. */
export function signed(n: number, lang: Lang): string {
  const text = number(Math.abs(n), lang)
  if (n === 0) return text
  return n > 0 ? `+${text}` : `−${text}`
}

/** The time to the second, by the clock of the authority: 09:00:07. */
export function seconds(at: Date): string {
  return dated('en-GB', { timeStyle: 'medium', timeZone: ZONE }).format(at)
}

/** A moment as the authority's clock on the wall shows it: 2020-01-30T09:00. */
export function wallMinute(iso: string): string {
  const parts = dated('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: ZONE }).format(new Date(iso))
  return parts.replace(' ', 'T')
}

/** The civil day of a moment (ISO, or milliseconds), by the clock of the notices: 2020-01-30. */
export function civilDay(at: string | number): string {
  if (at === '') return ''
  return new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** How far east of UTC the authority's clock is at a moment: +08:00. */
function offsetOf(at: number): string {
  const parts = dated('en', { timeZone: ZONE, timeZoneName: 'longOffset' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value.slice(3) || '+00:00'
}

/** The first moment of a civil day by the clock of the authority: 2020-01-30T00:00:00+08:00. */
export const startOf = (day: string): string => `${day}T00:00:00${offsetOf(Date.parse(day))}`

/** The end of a civil day by the clock of the authority: that of 2020-01-30 is 2020-01-31T00:00:00+08:00. */
export const endOf = (day: string): string => startOf(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))
