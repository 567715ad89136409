import Dexie, { type EntityTable } from 'dexie'
import type { PhotoRow } from './photo'
import type { Bytes } from './seal'

/**
 * waiting: not on the server as far as the phone knows. sent: on the server. aside: the server keeps it apart, a person
 * must look. behind: the server does not know this kind yet. handed: given to another phone, which sends it.
 */
export type State = 'waiting' | 'sent' | 'aside' | 'behind' | 'handed'

/** A fact on its way. Ids, states and sizes are readable; what it says is sealed. */
export interface OutRow {
  /** The order in which they were saved on this phone. */
  n: number
  id: string
  state: State
  sealed: Bytes
}

interface DraftRow {
  subject: string
  sealed: Bytes
}

interface PartRow {
  part: string
  sealed: Bytes
}

/** Numbers and codes of the phone's own: nothing of a person. */
interface MetaRow {
  key: string
  value: unknown
}

export type FieldDb = Dexie & {
  outbox: EntityTable<OutRow, 'n'>
  drafts: EntityTable<DraftRow, 'subject'>
  parts: EntityTable<PartRow, 'part'>
  meta: EntityTable<MetaRow, 'key'>
  photos: EntityTable<PhotoRow, 'id'>
}

export function opened(name = 'lianfang-field'): FieldDb {
  const db = new Dexie(name) as FieldDb
  db.version(1).stores({ outbox: '++n, &id, state', drafts: 'subject', parts: 'part', meta: 'key' })
  db.version(2).stores({ photos: 'id' })
  return db
}

export async function kept<T>(db: FieldDb, key: string): Promise<T | undefined> {
  return (await db.meta.get(key))?.value as T | undefined
}

export async function keep(db: FieldDb, key: string, value: unknown): Promise<void> {
  await db.meta.put({ key, value })
}
