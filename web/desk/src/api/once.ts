/** Routes that are asked with a body so that nothing personal stands in the address: asked again, they look anew. */
const LOOKS =
  /^\/session|^\/(tasks\/people|cases\/review|forms\/.*)$|\/(find|list|card|export|words|preview|read|compare|reason)$/

/** Acts whose answer never came, and the key that each was sent with. */
const unanswered = new Map<string, string>()

export const forgetUnanswered = () => unanswered.clear()

/** The key of an act: the one of before, where the same was sent and nobody knows what became of it. None of a look. */
export function keyOf(method: string, path: string, body: unknown): string | null {
  if (method === 'GET' || LOOKS.test(path)) return null
  const act = `${method} ${path} ${body ?? ''}`
  const key = unanswered.get(act) ?? newId()
  unanswered.set(act, key)
  return key
}

/** The server said what became of an act: the same again is another one. */
export const answered = (method: string, path: string, body: unknown) =>
  unanswered.delete(`${method} ${path} ${body ?? ''}`)

/** A new id whose first part is the time, so that ids sort by it (RFC 9562, version 7). */
export function newId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const time = now.toString(16).padStart(12, '0')
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
