import { base45, fromBase45 } from './base45'
import type { Item } from '../store/facts'
import type { NewPerson } from '../store/people'
import type { Pictured } from '../store/photo'
import { type Bytes, chance, derived, openBytes, sealBytes } from '../store/seal'

/** A day's work on its way to another phone. */
export interface Work {
  area: string
  items: Item[]
  drafts: { subject: string; value: unknown }[]
  people: NewPerson[]
  /** In a file alone: a picture is too large for the codes on a screen. */
  photos?: Carried[]
}

/** A photograph on its way to another phone; the picture in base64. */
export interface Carried extends Pictured {
  id: string
  picture: string
}

/** It was altered, is not whole, or the password is another. */
export class Broken extends Error {}

const PLACE = 'lianfang field hand-over 1'
const MARK = 'LF1'
const SALT_BYTES = 16
/** 60 bits of chance need no slow derivation, but a file may lie about for long. */
const ROUNDS = 100_000
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const CODE_LENGTH = 12
/** Bytes of a frame: a code of version 20 or below, which cheap cameras read from a hand's breadth. */
const FRAME_BYTES = 420
const MOST_BYTES = 32 * 1024 * 1024

/** A password that can be said: twelve letters and digits that are not mistaken for each other. */
export function newCode(): string {
  return Array.from(chance(CODE_LENGTH), (b) => LETTERS[b % LETTERS.length]).join('')
}

/** As it is read out: K7QF-2M9X-TT4P. */
export function spelled(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-')
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** The work, made small and sealed under the code. */
export async function packed(work: Work, code: string): Promise<Bytes> {
  const salt = chance(SALT_BYTES)
  const small = await through(new TextEncoder().encode(JSON.stringify(work)), new CompressionStream('gzip'))
  const sealed = await sealBytes(await derived(plain(code), salt, ROUNDS), PLACE, small)
  const all = new Uint8Array(SALT_BYTES + sealed.length)
  all.set(salt)
  all.set(sealed, SALT_BYTES)
  return all
}

/** The work again. Throws Broken. */
export async function unpacked(bytes: Bytes, code: string): Promise<Work> {
  try {
    const key = await derived(plain(code), bytes.slice(0, SALT_BYTES), ROUNDS)
    const small = await openBytes(key, PLACE, bytes.slice(SALT_BYTES))
    const text = new TextDecoder().decode(await through(small, new DecompressionStream('gzip')))
    const work = JSON.parse(text) as Work
    if (!Array.isArray(work.items)) throw new Broken()
    return work
  } catch {
    throw new Broken()
  }
}

async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  const made = new Blob([bytes]).stream().pipeThrough(stream)
  const all = new Uint8Array(await new Response(made).arrayBuffer())
  if (all.length > MOST_BYTES) throw new Broken()
  return all
}

/**
 * The frames of an animated code: each says which transfer it is of, its place and how many there are. The code is in
 * the first one: who can film the screen sees the work anyway.
 */
export function frames(bytes: Bytes, code: string): string[] {
  const transfer = newCode().slice(0, 6)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) parts.push(base45(bytes.slice(at, at + FRAME_BYTES)))
  return parts.map((part, at) => [MARK, transfer, at, parts.length, at ? '' : plain(code), part].join('/'))
}

/** Frames as they are seen, in any order, some twice, until all are there. */
export class Gathering {
  private transfer = ''
  private parts = new Map<number, string>()
  private code = ''
  all = 0

  /** Takes what was scanned; false where it is no frame. One of another transfer begins anew. */
  take(text: string): boolean {
    const found = /^LF1\/([A-Z0-9]{6})\/(\d{1,5})\/(\d{1,5})\/([A-Z0-9]*)\/(.*)$/s.exec(text)
    if (!found) return false
    const [, transfer, at, all, code, part] = found as unknown as [string, string, string, string, string, string]
    if (transfer !== this.transfer) {
      this.transfer = transfer
      this.parts.clear()
      this.code = ''
      this.all = Number(all)
    }
    if (Number(at) >= this.all) return false
    this.parts.set(Number(at), part)
    this.code ||= code
    return true
  }

  get done(): number {
    return this.parts.size
  }

  /** The work, once all frames are there; null before. Throws Broken. */
  async work(): Promise<Work | null> {
    if (!this.all || this.done < this.all) return null
    const parts = Array.from({ length: this.all }, (_, at) => fromBase45(this.parts.get(at) ?? ''))
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return unpacked(bytes, this.code)
  }
}
