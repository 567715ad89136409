import type { Bytes } from '../store/seal'

/** Bytes in the 45 characters that a QR code holds most tightly (RFC 9285). */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function base45(bytes: Bytes): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length
    let n = pair ? (bytes[at] as number) * 256 + (bytes[at + 1] as number) : (bytes[at] as number)
    for (let digit = 0; digit < (pair ? 3 : 2); digit += 1) {
      text += LETTERS[n % 45]
      n = Math.floor(n / 45)
    }
  }
  return text
}

/** Throws RangeError for what is no such text. */
export function fromBase45(text: string): Bytes {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (letter) => LETTERS.indexOf(letter))
    const n = digits.reduceRight((sum, digit) => sum * 45 + digit, 0)
    if (digits.includes(-1) || digits.length === 1 || n > (digits.length === 3 ? 0xffff : 0xff)) throw new RangeError()
    if (digits.length === 3) bytes.push(n >> 8)
    bytes.push(n & 0xff)
  }
  return new Uint8Array(bytes)
}
