import type { OutRow, State } from './db'
import { sealedDraft } from './drafts'
import { written } from './full'
import type { Fact, Item } from './facts'
import type { Phone } from './phone'
import { open, seal } from './seal'

const place = (id: string) => `outbox ${id}`

export interface Listed extends Item {
  n: number
  state: State
}

/** Counts by state. */
export type Counts = Record<State, number>

/**
 * Saves the facts of one act and forgets the `drop`ped drafts, all or nothing; `keep` is a draft that goes on with it.
 * The same fact saved twice (a button pressed twice) is one. Throws Full.
 */
export async function save(
  phone: Phone,
  items: Item[],
  { drop = [], keep }: { drop?: string[]; keep?: { subject: string; value: unknown } } = {},
): Promise<void> {
  const { db, key } = phone
  const rows = await Promise.all(
    items.map(async (item) => ({ id: item.fact.id, sealed: await seal(key, place(item.fact.id), item) })),
  )
  const draft = keep && (await sealedDraft(phone, keep.subject, keep.value))
  await written(db, () =>
    db.transaction('rw', db.outbox, db.drafts, async () => {
      await db.drafts.bulkDelete(drop)
      if (draft) await db.drafts.put(draft)
      for (const row of rows)
        if (!(await db.outbox.where('id').equals(row.id).count())) await db.outbox.add({ ...row, state: 'waiting' })
    }),
  )
}

/** Takes in facts of another phone; those held already are passed over. How many were new. Throws Full. */
export async function takeIn(phone: Phone, items: Item[]): Promise<number> {
  const { db, key } = phone
  const rows = await Promise.all(
    items.map(async (item) => ({ id: item.fact.id, sealed: await seal(key, place(item.fact.id), item) })),
  )
  return written(db, () =>
    db.transaction('rw', db.outbox, async () => {
      const held = new Set(
        (
          await db.outbox
            .where('id')
            .anyOf(rows.map((row) => row.id))
            .toArray()
        ).map((r) => r.id),
      )
      const fresh = rows.filter((row) => !held.has(row.id))
      await db.outbox.bulkAdd(fresh.map((row) => ({ ...row, state: 'waiting' as const })))
      return fresh.length
    }),
  )
}

export async function counts({ db }: Phone): Promise<Counts> {
  const all = await Promise.all(
    (['waiting', 'sent', 'aside', 'behind', 'handed'] as const).map(
      async (state) => [state, await db.outbox.where('state').equals(state).count()] as const,
    ),
  )
  return Object.fromEntries(all) as Counts
}

/** The items in these states, in the order in which they were saved. */
export async function listed(phone: Phone, states: State[], limit = 10_000): Promise<Listed[]> {
  const rows = await phone.db.outbox.where('state').anyOf(states).sortBy('n')
  return Promise.all(rows.slice(0, limit).map((row) => read(phone, row)))
}

/** The first of those that wait, but for `passed`. */
export async function next(phone: Phone, limit: number, passed: ReadonlySet<string>): Promise<Listed[]> {
  const { db } = phone
  const rows = await db.outbox
    .where('state')
    .equals('waiting')
    .filter((row) => !passed.has(row.id))
    .sortBy('n')
  return Promise.all(rows.slice(0, limit).map((row) => read(phone, row)))
}

async function read({ key }: Phone, row: OutRow): Promise<Listed> {
  return { ...(await open<Item>(key, place(row.id), row.sealed)), n: row.n, state: row.state }
}

export interface Settled {
  id: string
  state: State
  reason?: string
}

/** Notes what became of facts. */
export async function settle(phone: Phone, told: Settled[]): Promise<void> {
  const { db, key } = phone
  const rows = await db.outbox
    .where('id')
    .anyOf(told.map((one) => one.id))
    .toArray()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const changed: OutRow[] = []
  for (const { id, state, reason } of told) {
    const row = byId.get(id)
    if (!row) continue
    if (!reason) changed.push({ ...row, state })
    else {
      const item = await open<Item>(key, place(id), row.sealed)
      changed.push({ ...row, state, sealed: await seal(key, place(id), { ...item, reason }) })
    }
  }
  await written(db, () => db.outbox.bulkPut(changed))
}

/** Everything in one state is in another. */
export async function move({ db }: Phone, from: State, to: State): Promise<void> {
  await db.outbox.where('state').equals(from).modify({ state: to })
}

/** Throws away what the server has and `seen` says that the list shows. */
export async function tidy(phone: Phone, seen: (fact: Fact) => boolean): Promise<void> {
  const done = (await listed(phone, ['sent'])).filter((item) => seen(item.fact))
  await phone.db.outbox.bulkDelete(done.map((item) => item.n))
}

/** Drops one, once a person has decided that nothing is to be done about it here. */
export async function drop({ db }: Phone, id: string): Promise<void> {
  await db.outbox.where('id').equals(id).delete()
}
