import type { FieldDb } from './db'
import { written } from './full'
import type { Phone } from './phone'
import { type Bytes, open, openBytes, seal, sealBytes } from './seal'

/** waiting: not on the server as far as the phone knows. refused: the server does not take it, a person must look. */
type PhotoState = 'waiting' | 'refused'

/** A photograph on its way. The id and the state are readable; of what it is, and the picture, are sealed. */
export interface PhotoRow {
  id: string
  state: PhotoState
  of: Bytes
  picture: Bytes
}

/** What a photograph is of. */
export interface Pictured {
  /** The id of the household, or of what an inspection found. */
  about: string
  area: string
  /** For what photographs of such things are held; where it is not said, those of doors. */
  data_class?: 'checkpoint' | 'screening'
  /** What a person calls it: "3栋 2单元 501". */
  label: string
  /** Milliseconds by the phone's clock. */
  taken: number
  /** Why the server does not take it. */
  reason?: string
  /** Another phone has it too, and sends it under the same id: whichever comes first. */
  shared?: boolean
}

export interface Photo extends Pictured {
  id: string
  state: PhotoState
}

const placeOf = (id: string) => `photo ${id}`
const placeOfPicture = (id: string) => `picture ${id}`

/** Keeps a photograph, sealed, until the server has it. Throws Full. */
export async function keepPhoto({ db, key }: Phone, id: string, of: Pictured, picture: Blob): Promise<void> {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  const row: PhotoRow = {
    id,
    state: 'waiting',
    of: await seal(key, placeOf(id), of),
    picture: await sealBytes(key, placeOfPicture(id), bytes),
  }
  await written(db, () => db.photos.put(row))
}

/** Those that lie on the phone, the oldest first, without their pictures; of one thing where it is named. */
export async function photos({ db, key }: Phone, about?: string): Promise<Photo[]> {
  const rows = await db.photos.orderBy('id').toArray()
  const all = await Promise.all(
    rows.map(async ({ id, state, of }) => ({ id, state, ...(await open<Pictured>(key, placeOf(id), of)) })),
  )
  return about ? all.filter((one) => one.about === about) : all
}

/** The picture of one; null where it is not on the phone any more. */
export async function pictureOf({ db, key }: Phone, id: string): Promise<Blob | null> {
  const row = await db.photos.get(id)
  return row ? new Blob([await openBytes(key, placeOfPicture(id), row.picture)], { type: 'image/jpeg' }) : null
}

/** The server has it, or a person has decided that nobody needs it. */
export async function dropPhoto(db: FieldDb, id: string): Promise<void> {
  await db.photos.delete(id)
}

/** Notes that the server does not take it, and why. */
export async function refusePhoto({ db, key }: Phone, { id, state: _, ...of }: Photo, reason: string): Promise<void> {
  const told = await seal(key, placeOf(id), { ...of, reason })
  await db.photos.update(id, { state: 'refused', of: told })
}

/** Notes that another phone was given them. */
export async function sharePhotos({ db, key }: Phone, given: Photo[]): Promise<void> {
  for (const { id, state: _, ...of } of given) {
    const told = await seal(key, placeOf(id), { ...of, shared: true })
    await db.photos.update(id, { of: told })
  }
}
