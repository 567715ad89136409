/**
 * How what is personal lies on the phone: sealed with AES-256-GCM under a key of chance, which itself is sealed under a
 * key derived from the phone's PIN. The key is in memory while the app is unlocked, and nowhere else in the clear.
 */

export type Bytes = Uint8Array<ArrayBuffer>

/** Rounds of PBKDF2 with SHA-256: OWASP, Password Storage Cheat Sheet (2023). */
export const ROUNDS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12
const KIND = { name: 'AES-GCM', length: 256 }

/** What is kept of a PIN: enough to try it, not to read it. */
export interface Lock {
  salt: Bytes
  rounds: number
  wrapped: Bytes
}

export class WrongPin extends Error {}

/** Sealed bytes that were altered, moved to another place, or sealed under another key. */
export class Unreadable extends Error {}

const utf8 = new TextEncoder()

export function chance(bytes: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes))
}

/** A key from something that a person typed. */
export async function derived(typed: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const typedKey = await crypto.subtle.importKey('raw', utf8.encode(typed.normalize('NFKC')), 'PBKDF2', false, [
    'deriveKey',
  ])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, typedKey, KIND, false, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'])
}

/** A new key of data, and the lock that opens it with this PIN. */
export async function newLock(pin: string, rounds: number): Promise<{ lock: Lock; key: CryptoKey }> {
  const open = await crypto.subtle.generateKey(KIND, true, ['encrypt', 'decrypt'])
  const lock = await locked(open, pin, rounds)
  return { lock, key: await unlock(lock, pin) }
}

/** The key of data. Throws WrongPin. */
export function unlock(lock: Lock, pin: string): Promise<CryptoKey> {
  return unwrapped(lock, pin, false)
}

/** The same key of data behind another PIN. Throws WrongPin. */
export async function relock(lock: Lock, pin: string, next: string, rounds: number): Promise<Lock> {
  return locked(await unwrapped(lock, pin, true), next, rounds)
}

async function locked(open: CryptoKey, pin: string, rounds: number): Promise<Lock> {
  const salt = chance(SALT_BYTES)
  const iv = chance(IV_BYTES)
  const by = await derived(pin, salt, rounds)
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', open, by, { name: 'AES-GCM', iv }))
  return { salt, rounds, wrapped: joined(iv, wrapped) }
}

async function unwrapped({ salt, rounds, wrapped }: Lock, pin: string, extractable: boolean): Promise<CryptoKey> {
  const by = await derived(pin, salt, rounds)
  const how = { name: 'AES-GCM', iv: wrapped.slice(0, IV_BYTES) }
  const body = wrapped.slice(IV_BYTES)
  return crypto.subtle
    .unwrapKey('raw', body, by, how, KIND, extractable, ['encrypt', 'decrypt'])
    .catch(() => Promise.reject(new WrongPin()))
}

/** A value, sealed for its place: moved to another one it cannot be opened. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Bytes> {
  return sealBytes(key, place, utf8.encode(JSON.stringify(value)))
}

/** The value that was sealed. Throws Unreadable. */
export async function open<T>(key: CryptoKey, place: string, sealed: Bytes): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed))) as T
}

export async function sealBytes(key: CryptoKey, place: string, plain: Bytes): Promise<Bytes> {
  const iv = chance(IV_BYTES)
  const how = { name: 'AES-GCM', iv, additionalData: utf8.encode(place) }
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt(how, key, plain)))
}

export async function openBytes(key: CryptoKey, place: string, sealed: Bytes): Promise<Bytes> {
  const how = { name: 'AES-GCM', iv: sealed.slice(0, IV_BYTES), additionalData: utf8.encode(place) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(IV_BYTES)))
  } catch {
    throw new Unreadable()
  }
}

function joined(first: Bytes, second: Bytes): Bytes {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
