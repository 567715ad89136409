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

type Why = 'unreachable' | 'missing' | 'signed_out' | 'forbidden' | 'too_many' | 'refused' | 'broken'

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

/** Told when an answer says that nobody is signed in any more. */
export const ended = new EventTarget()

const KINDS: Record<number, Why> = { 401: 'signed_out', 403: 'forbidden', 404: 'missing', 429: 'too_many' }

/** The error that an answer is. */
export async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => null)) as Problem | null
  const kind = KINDS[response.status] ?? (response.status < 500 ? 'refused' : 'broken')
  const wait = Number(response.headers.get('Retry-After'))
  if (kind === 'signed_out') ended.dispatchEvent(new Event('ended'))
  return new ApiError(kind, problem, response.status, wait > 0 ? wait : null)
}

interface Asking {
  signal?: AbortSignal
  method?: string
  body?: unknown
}

export async function ask<T>(path: string, { signal, method, body }: Asking = {}): Promise<T> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang || 'zh-CN',
  }
  const init: RequestInit = { signal, headers, credentials: 'same-origin', method: method ?? (body ? 'POST' : 'GET') }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(ROOT + path, init)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('unreachable')
  }
  if (!response.ok) throw await refusal(response)
  return (response.status === 204 ? null : await response.json()) as T
}

export function query(values: Record<string, string | null | undefined>): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length ? `?${new URLSearchParams(set)}` : ''
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
