/** What the page asks of the server, and how an answer looks. It sends no cookie. */

export interface Clinic {
  id: string
  name: string
  area: string
  telephone: string | null
  east_deg: number | null
  north_deg: number | null
  opens_min: number
  closes_min: number
  /** How its service goes: empty where nothing was said. A clinic whose service is suspended is not open. */
  service: 'normal' | 'limited' | 'suspended' | ''
  open_now: boolean
}

export interface Named {
  code: string
  zh: string
  en: string
}

export interface Care {
  clinics: Clinic[]
  symptoms: Named[]
  fever_c: number
  danger: string[]
  emergency: string
  call_back_h: number
  kept_days: number
}

export interface Division extends Named {
  level: string
  children: (Named & { level: string })[]
}

export interface Call {
  id: string
  area: string
  phone: string
  symptoms: string[]
  temp_c: number | null
  language: 'zh' | 'en'
}

/** What the server said was wrong; `status` 0 where it was not reached. */
export class Wrong extends Error {
  constructor(
    readonly status: number,
    readonly fields: { field: string; msg: string }[],
  ) {
    super(String(status))
  }
}

async function ask<T>(path: string, lang: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  let answer: Response
  try {
    answer = await fetch(`/api/v1/${path}`, {
      ...sent,
      credentials: 'omit',
      headers: { 'Accept-Language': lang, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    })
  } catch {
    throw new Wrong(0, [])
  }
  const told = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Wrong(answer.status, Array.isArray(told.errors) ? told.errors : [])
  return told as T
}

export const care = (area: string, lang: string) => ask<Care>(`care?area=${encodeURIComponent(area)}`, lang)
export const division = (code: string, lang: string) => ask<Division>(`areas/${encodeURIComponent(code)}`, lang)
export const call = (one: Call) => ask<{ erase_on: string }>('care/calls', one.language, one)

/** A UUID of version 4, also where the page is not encrypted. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 15) | 64
  bytes[8] = ((bytes[8] as number) & 63) | 128
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex)
}
