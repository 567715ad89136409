import { ApiError, ask, refusal, ROOT } from './client'
import type { Schemas } from './types'

/** The sign-in's own API (allauth, headless): it tells by its status what comes next, so that no status is an error. */
export interface Answer {
  status: number
  data?: { flows?: Flow[] } & Record<string, unknown>
  meta?: { is_authenticated?: boolean; secret?: string; totp_url?: string }
  errors?: { message: string; code: string; param?: string }[]
  /** The server's clock, to the second. */
  serverTime: Date | null
  retryAfter: number | null
}

export interface Flow {
  id: string
  is_pending?: boolean
  types?: ('totp' | 'recovery_codes' | 'webauthn')[]
}

export interface Authenticator {
  type: 'totp' | 'recovery_codes' | 'webauthn'
  id?: number
  name?: string
  created_at: number
  last_used_at: number | null
  unused_code_count?: number
  total_code_count?: number
  unused_codes?: string[]
}

export type Meant = Schemas['MeantOut']

const BASE = `${ROOT}/auth/browser/v1`

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang,
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(BASE + path, { method, headers, body: JSON.stringify(body), credentials: 'same-origin' })
  } catch {
    throw new ApiError('unreachable')
  }
  if (response.status >= 500) throw new ApiError('broken', await response.json().catch(() => null), response.status)
  const told = await response.json().catch(() => ({}))
  const date = response.headers.get('Date')
  const wait = Number(response.headers.get('Retry-After'))
  return { ...told, status: response.status, serverTime: date ? new Date(date) : null, retryAfter: wait || null }
}

export const auth = {
  /** 401 where nobody is signed in, with the step that is waited for. */
  standing: () => call('GET', '/auth/session'),
  signIn: (username: string, password: string) => call('POST', '/auth/login', { username, password }),
  code: (code: string) => call('POST', '/auth/2fa/authenticate', { code }),
  keyOptions: () => call('GET', '/auth/webauthn/authenticate'),
  key: (credential: unknown) => call('POST', '/auth/webauthn/authenticate', { credential }),
  again: (password: string) => call('POST', '/auth/reauthenticate', { password }),

  factors: () => call('GET', '/account/authenticators'),
  totp: () => call('GET', '/account/authenticators/totp'),
  setTotp: (code: string) => call('POST', '/account/authenticators/totp', { code }),
  recovery: () => call('GET', '/account/authenticators/recovery-codes'),
  newRecovery: () => call('POST', '/account/authenticators/recovery-codes', {}),
  newKeyOptions: () => call('GET', '/account/authenticators/webauthn'),
  addKey: (name: string, credential: unknown) => call('POST', '/account/authenticators/webauthn', { name, credential }),
  removeKey: (id: number) => call('DELETE', '/account/authenticators/webauthn', { authenticators: [id] }),
  password: (current_password: string, new_password: string) =>
    call('POST', '/account/password/change', { current_password, new_password }),

  welcome: (values: { token: string; username?: string; display_name?: string; password: string }) =>
    ask<unknown>('/session/welcome', { body: values }),
  /** What a link is for; it stays usable. */
  meant: (token: string, signal?: AbortSignal) => ask<Meant>('/session/welcome/look', { signal, body: { token } }),
  /** Where the account is signed in now. */
  places: (signal?: AbortSignal) => ask<Schemas['SignedInOut'][]>('/session/places', { signal }),
  leaveOthers: () => ask<unknown>('/session/places', { method: 'DELETE' }),
  wear: (id: string) => ask<unknown>('/session/appointment', { body: { id } }),
}

/** The address at which another organisation signs one in; it sends one back to `callback_url`. */
export async function providerAddress(provider: string, process: 'login' | 'connect', back: string): Promise<string> {
  const body = new URLSearchParams({ provider, process, callback_url: back })
  let response: Response
  try {
    response = await fetch(`${BASE}/auth/provider/redirect`, { method: 'POST', body, credentials: 'same-origin' })
  } catch {
    throw new ApiError('unreachable')
  }
  if (!response.ok) throw await refusal(response)
  return (await response.json()).location
}
