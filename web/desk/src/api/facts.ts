import { api, ApiError, ask } from './client'
import { newId } from './people'
import type { Schemas } from './types'

interface Told {
  kind: string
  version?: number
  subject: string
  area: string
  data: Record<string, unknown>
  /** The sender's own id, by which sending it again is known. */
  id?: string
}

/** Records one fact that happens now, by the server's clock. Throws ApiError with the reason where it is not taken. */
export async function record({ version = 1, id = newId(), ...told }: Told): Promise<void> {
  const { server_time } = await api.session()
  const body = [{ id, version, ...told, observed_at: server_time }]
  const { set_aside } = await ask<Schemas['ReceiptOut']>('/facts', { body })
  const reason = set_aside[0]?.reason
  if (reason) {
    const errors = [{ loc: [], msg: reason, type: 'set_aside' }]
    throw new ApiError('refused', { title: reason, status: 422, detail: reason, errors } as never, 422)
  }
}

/** A UUID of version 5 (RFC 9562): the same name in the same space gives the same id everywhere. */
export async function uuid5(space: string, name: string): Promise<string> {
  const first = Uint8Array.from(space.replace(/-/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const second = new TextEncoder().encode(name)
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-1', all)).slice(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}
