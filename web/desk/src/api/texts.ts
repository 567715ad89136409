import type { Lang } from './types'

/** A line of a guide: text, what stands on a screen, a key, a link. */
export type Piece = string | { b: string } | { k: string } | { a: string; t: string }
export type Line = Piece[]
export type Block =
  | { h: number; t: Line }
  | { p: Line }
  | { list: Line[]; ordered: boolean }
  | { head: Line[]; rows: Line[][] }
  | { src: string; alt: string }

export interface Told {
  what: string
  terms: { term: string; other: string; meaning: string }[]
  rules: { title: string; source: string }[]
  tasks: string[]
}

/** Made of the documents when the desk is built: see build_texts.py. */
const MADE = import.meta.glob<unknown>('../../../../.build/texts/*.json', { import: 'default' })
const PICTURES = import.meta.glob<string>('../../../../docs/images/guide/*.webp', { query: '?url', import: 'default' })

function made<T>(name: string): Promise<T> {
  const load = Object.entries(MADE).find(([file]) => file.endsWith(`/${name}.json`))?.[1]
  return load ? (load() as Promise<T>) : Promise.reject(new Error(`there is no text ${name}`))
}

/** The guide of a role, and after it, instead of its last line, which leads there, what holds for everybody. */
export async function guide(role: string, lang: Lang): Promise<Block[]> {
  const everybody = await made<Block[]>(`guide.README.${lang}`)
  const own = Object.keys(MADE).some((file) => file.endsWith(`/guide.${role}.${lang}.json`))
  if (!own) return everybody
  const parts = everybody.slice(everybody.findIndex((one) => 'h' in one && one.h === 2))
  return [...(await made<Block[]>(`guide.${role}.${lang}`)).slice(0, -1), ...parts]
}

/** Where a picture of a guide is; null where it was not made. */
export async function picture(name: string): Promise<string | null> {
  const load = Object.entries(PICTURES).find(([file]) => file.endsWith(`/${name}`))?.[1]
  return load ? load() : null
}

export function help(lang: Lang): Promise<Record<string, Told>> {
  return made(`help.${lang}`)
}
