import { written } from './full'
import type { Phone } from './phone'
import { open, seal } from './seal'

const place = (subject: string) => `draft ${subject}`

/** Drafts are written one after another, so that the last one stays. */
let last: Promise<unknown> = Promise.resolve()

/** A draft as it lies on the phone. */
export async function sealedDraft(phone: Phone, subject: string, value: unknown) {
  return { subject, sealed: await seal(phone.key, place(subject), value) }
}

/** Keeps what was entered so far. Throws Full. */
export function keepDraft<T>(phone: Phone, subject: string, value: T): Promise<void> {
  const write = last
    .catch(() => undefined)
    .then(async () => {
      const row = await sealedDraft(phone, subject, value)
      await written(phone.db, () => phone.db.drafts.put(row))
    })
  last = write
  return write
}

/** Waits until all that was kept is written. */
export async function draftsWritten(): Promise<void> {
  await last.catch(() => undefined)
}

export async function draftOf<T>(phone: Phone, subject: string): Promise<T | undefined> {
  const row = await phone.db.drafts.get(subject)
  return row && open<T>(phone.key, place(subject), row.sealed)
}

export async function dropDraft({ db }: Phone, subject: string): Promise<void> {
  await draftsWritten()
  await db.drafts.delete(subject)
}

export async function allDrafts<T>(phone: Phone): Promise<{ subject: string; value: T }[]> {
  const rows = await phone.db.drafts.toArray()
  return Promise.all(
    rows.map(async ({ subject, sealed }) => ({ subject, value: await open<T>(phone.key, place(subject), sealed) })),
  )
}
