import { away, connection } from './connection'
import { answered, keyOf } from './once'
import type {
  AreaEntry,
  Boundaries,
  Bulletin,
  HistoryEntry,
  Lang,
  Place,
  Problem,
  Reading,
  Session,
  Situation,
} from './types'

type Why = 'unreachable' | 'missing' | 'signed_out' | 'other_hat' | 'forbidden' | 'too_many' | 'refused' | 'broken'

/** Why an answer is missing: the server could not be reached, or it said no. */
export class ApiError extends Error {
  constructor(
    readonly kind: Why,
    readonly problem: Problem | null = null,
    readonly status: number | null = null,
    /** Seconds to wait before asking again. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem?.detail ?? problem?.title ?? kind)
  }
}

export const ROOT = '/api/v1'

/** Told when an answer says that nobody is signed in any more (`ended`), or that it is to be asked who is (`check`). */
export const ended = new EventTarget()
export const check = () => ended.dispatchEvent(new Event('check'))

const KINDS: Record<number, Why> = {
  401: 'signed_out',
  403: 'forbidden',
  404: 'missing',
  412: 'other_hat',
  429: 'too_many',
  502: 'unreachable',
  504: 'unreachable',
}

/** The appointment that the page shows. The server does nothing for a page that shows another than is worn. */
let shown: string | null = null
export const shows = (appointment: string | null): void => {
  shown = appointment
}

/** So long after somebody has touched anything, what the page asks by itself counts as nobody's use of the session. */
const TOUCHED_MS = 60_000
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart']
let touchedAt = performance.now()

/** Notices when somebody touches the page; what it returns ends that. */
export function watchTouches(): () => void {
  const touched = () => {
    touchedAt = performance.now()
  }
  for (const touch of TOUCHES) addEventListener(touch, touched, { capture: true, passive: true })
  return () => {
    for (const touch of TOUCHES) removeEventListener(touch, touched, { capture: true })
  }
}

/** What a request says of the page that sends it: in which language, as whom, and whether anybody is there. */
export function asShown(unattended = performance.now() - touchedAt > TOUCHED_MS): Record<string, string> {
  return {
    'Accept-Language': document.documentElement.lang || 'zh-CN',
    ...(shown ? { 'X-Page-Appointment': shown } : {}),
    ...(unattended ? { 'X-Unattended': '1' } : {}),
  }
}

/** What was asked before anybody waited for it, by address and hat. `look.js` asks who is here before any of this has
 * come. */
const early = globalThis as { begun?: Map<string, Promise<Response>>; said?: Map<string, Promise<unknown>> }
const begun = early.begun ?? new Map<string, Promise<Response>>()
/** So long after the page was opened an answer that nobody has taken yet is one of now. */
const BEGUN_MS = 15_000
let beginning = false

/** Asks at once what a page will ask when it stands, by the same door; the answer waits until the page asks. */
export function begin(ask: () => unknown): void {
  beginning = true
  ask()
  beginning = false
}

/** What the answer to a request that was begun says; it stays there for whoever asks. */
export async function peek<T>(path: string): Promise<T | null> {
  const said = early.said?.get(ROOT + path)
  if (said) return (await said) as T | null
  const response = await (begun.get(ROOT + path) ?? begun.get(`${ROOT + path}|${shown}`))?.catch(() => null)
  return response?.ok ? ((await response.clone().json()) as T) : null
}

/** An answer that is on its way since before, once; else one that is asked for now. */
function fetched(address: string, init: RequestInit): Promise<Response> {
  const hat = (init.headers as Record<string, string> | undefined)?.['X-Page-Appointment']
  const key = hat ? `${address}|${hat}` : address
  const before = init.method === 'GET' ? begun.get(key) : undefined
  if (before) begun.delete(key)
  if (before && performance.now() < BEGUN_MS) return before
  const answer = fetch(address, { credentials: 'same-origin', ...init })
  if (!beginning) return answer
  answer.catch(() => undefined) // whoever takes it hears of it
  begun.set(key, answer)
  return new Promise(() => undefined)
}

/** `fetch`, which tells whether the server answered. Throws `ApiError` where it did not. */
export async function reach(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetched(address, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    connection.lost()
    throw new ApiError('unreachable')
  }
  if (away(response.status)) connection.lost()
  else connection.heard()
  return response
}

/** The error that an answer is. */
export async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => null)) as Problem | null
  const kind = KINDS[response.status] ?? (response.status < 500 ? 'refused' : 'broken')
  const wait = Number(response.headers.get('Retry-After'))
  if (kind === 'signed_out') ended.dispatchEvent(new Event('ended'))
  if (kind === 'other_hat') check()
  return new ApiError(kind, problem, response.status, wait > 0 ? wait : null)
}

interface Asking {
  signal?: AbortSignal
  method?: string
  body?: unknown
}

export async function ask<T>(path: string, { signal, method, body }: Asking = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...asShown() }
  if (path.startsWith('/session')) delete headers['X-Page-Appointment'] // asks who is here, or changes it
  const how = method ?? (body ? 'POST' : 'GET')
  const init: RequestInit = { signal, headers, method: how }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  const key = keyOf(how, path, init.body)
  if (key) headers['Idempotency-Key'] = key
  const response = await reach(ROOT + path, init)
  if (response.status < 500) answered(how, path, init.body)
  if (!response.ok) throw await refusal(response)
  return (response.status === 204 ? null : await response.json()) as T
}

export function query(values: Record<string, string | null | undefined>): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length ? `?${new URLSearchParams(set)}` : ''
}

/** The area of the newest notice. */
export function latest(areas: readonly AreaEntry[]): AreaEntry | undefined {
  const at = (a: AreaEntry) => (a.latest_as_of ? Date.parse(a.latest_as_of) : 0)
  return [...areas].sort((a, b) => at(b) - at(a))[0]
}

const at = (code: string) => `/areas/${encodeURIComponent(code)}`

export const api = {
  session: (signal?: AbortSignal) => ask<Session>('/session', { signal }),
  signOut: () => ask<unknown>('/session', { method: 'DELETE' }),
  areas: (signal?: AbortSignal) => ask<AreaEntry[]>('/areas', { signal }),
  /** A division and those right below it. */
  place: (code: string, signal?: AbortSignal) => ask<Place>(at(code), { signal }),
  boundaries: (code: string, signal?: AbortSignal) => ask<Boundaries>(`${at(code)}/boundaries`, { signal }),
  situation: (code: string, asOf: string | null, knownAt: string | null, signal?: AbortSignal) =>
    ask<Situation>(`${at(code)}/situation${query({ as_of: asOf, known_at: knownAt })}`, { signal }),
  /** Of a division, or of the area itself. */
  history: (code: string, metric: string, division: string, knownAt: string | null, signal?: AbortSignal) =>
    ask<HistoryEntry[]>(
      `${at(code)}/history${query({ metric, division: division === code ? null : division, known_at: knownAt })}`,
      { signal },
    ),
  bulletin: (code: string, asOf: string, knownAt: string | null, lang: Lang, signal?: AbortSignal) =>
    ask<Bulletin>(`${at(code)}/bulletin${query({ as_of: asOf, known_at: knownAt, lang })}`, { signal }),
  read: (text: string, areaCode: string | null, signal?: AbortSignal) =>
    ask<Reading>('/bulletins/read', { signal, body: areaCode ? { text, area_code: areaCode } : { text } }),
}
