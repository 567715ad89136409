import type { AreaEntry, Boundaries, Bulletin, HistoryEntry, Lang, Problem, Reading, Session, Situation } from './types'

/** Why an answer is missing: the server could not be reached, or it said no. */
export class ApiError extends Error {
  constructor(
    readonly kind: 'unreachable' | 'missing' | 'refused' | 'broken',
    readonly problem: Problem | null = null,
  ) {
    super(problem?.detail ?? problem?.title ?? kind)
  }
}

const ROOT = '/api/v1'

async function ask<T>(path: string, signal?: AbortSignal, body?: unknown): Promise<T> {
  const init: RequestInit = { signal, headers: { Accept: 'application/json' }, credentials: 'same-origin' }
  if (body !== undefined) {
    init.method = 'POST'
    init.headers = { ...init.headers, 'Content-Type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(ROOT + path, init)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('unreachable')
  }
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => null)) as Problem | null
  if (response.status === 404) throw new ApiError('missing', problem)
  throw new ApiError(response.status < 500 ? 'refused' : 'broken', problem)
}

function query(values: Record<string, string | null | undefined>): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length ? `?${new URLSearchParams(set)}` : ''
}

const at = (code: string) => `/areas/${encodeURIComponent(code)}`

export const api = {
  session: (signal?: AbortSignal) => ask<Session>('/session', signal),
  areas: (signal?: AbortSignal) => ask<AreaEntry[]>('/areas', signal),
  boundaries: (code: string, signal?: AbortSignal) => ask<Boundaries>(`${at(code)}/boundaries`, signal),
  situation: (code: string, asOf: string | null, knownAt: string | null, signal?: AbortSignal) =>
    ask<Situation>(`${at(code)}/situation${query({ as_of: asOf, known_at: knownAt })}`, signal),
  /** Of a division, or of the area itself. */
  history: (code: string, metric: string, division: string, knownAt: string | null, signal?: AbortSignal) =>
    ask<HistoryEntry[]>(
      `${at(code)}/history${query({ metric, division: division === code ? null : division, known_at: knownAt })}`,
      signal,
    ),
  bulletin: (code: string, asOf: string, knownAt: string | null, lang: Lang, signal?: AbortSignal) =>
    ask<Bulletin>(`${at(code)}/bulletin${query({ as_of: asOf, known_at: knownAt, lang })}`, signal),
  read: (text: string, areaCode: string | null, signal?: AbortSignal) =>
    ask<Reading>('/bulletins/read', signal, areaCode ? { text, area_code: areaCode } : { text }),
}
