import { ask } from './client'
import { base64url } from './webauthn'

/**
 * The key of a kiosk or a field phone. It is made here, cannot be taken out of the browser, and is kept in the browser's
 * own database beside the device's id.
 */
interface Kept {
  device: string
  key: CryptoKey
}

const KIND = { name: 'ECDSA', namedCurve: 'P-256' }
const HASHED = { name: 'ECDSA', hash: 'SHA-256' }

export async function enrol(code: string): Promise<void> {
  const pair = await crypto.subtle.generateKey(KIND, false, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const { device } = await ask<{ device: string }>('/devices/enrol', {
    body: { code, public_key: { kty, crv, x, y } },
  })
  await store('readwrite', (all) => all.put({ device, key: pair.privateKey } satisfies Kept, 'key'))
}

/** Whether this browser is a wall: nobody stands before it, so it signs in anew by itself. */
const WALL = 'lianfang.wall'

export function isWall(): boolean {
  try {
    return localStorage.getItem(WALL) === '1'
  } catch {
    return false
  }
}

export function beWall(on: boolean): void {
  if (on) localStorage.setItem(WALL, '1')
  else localStorage.removeItem(WALL)
}

export function enrolled(): Promise<Kept | undefined> {
  return store('readonly', (all) => all.get('key'))
}

/** Signs the server's challenge; a challenge serves once. */
export async function signInAs({ device, key }: Kept): Promise<void> {
  const { challenge } = await ask<{ challenge: string }>('/session/device/challenge', { body: { device } })
  const signed = await crypto.subtle.sign(HASHED, key, new TextEncoder().encode(challenge))
  await ask<unknown>('/session/device', { body: { device, challenge, signature: base64url(signed) } })
}

function store<T>(mode: IDBTransactionMode, act: (all: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lianfang-device', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction('keys', mode).objectStore('keys'))
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
      asked.transaction?.addEventListener('complete', () => opening.result.close())
    }
  })
}
