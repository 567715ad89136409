import { ApiError } from '../../api/client'
import type { Item } from '../../api/supplies'
import type { useSupplies } from './words'

type Words = ReturnType<typeof useSupplies>

/** A quantity of an item in its smallest unit, and in whole packs where it makes some. */
export function quantity(w: Words, item: Item | undefined, n: number): string {
  if (!item) return w.n(n)
  const plain = `${w.n(n)} ${w.lang === 'zh' ? item.unit_zh : item.unit_en}`
  const pack = [...item.packs].sort((a, b) => b.holds - a.holds).find((one) => n && n % one.holds === 0)
  if (!pack) return plain
  const packs = w.n(n / pack.holds)
  // The word for a pack has one form: 2箱, 2 × carton.
  return w.lang === 'zh' ? `${plain} · ${packs}${pack.zh}` : `${plain} · ${packs} × ${pack.en}`
}

/** What is used or needed in a day, to a tenth where it is not whole. */
export function perDay(w: Words, n: string | number): string {
  return w.n(Math.round(Number(n) * 10) / 10)
}

/** What a store is called. */
export function called(w: Words, of: { name: string; en: string }): string {
  return w.lang === 'en' && of.en ? of.en : of.name
}

/** What an item is called; its id where it is not in the catalogue any more. */
export function itemName(w: Words, item: Item | undefined, id: string): string {
  return item ? w.name(item) : id.slice(-6)
}

/** Whether what was refused is a quantity that may be right and is asked back. */
export function asksBack(error: unknown): boolean {
  const all = error instanceof ApiError ? (error.problem?.errors ?? []) : []
  return all.some((one) => (one as { reason?: string }).reason === 'unusual')
}
