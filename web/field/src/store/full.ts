import { type FieldDb, keep } from './db'
import { chance } from './seal'

const BALLAST = 'ballast'
const BALLAST_BYTES = 512 * 1024

/** The phone has no room left: what was to be written was not. */
export class Full extends Error {}

function isFull(error: unknown): boolean {
  const inner = (error as { inner?: unknown } | null)?.inner
  return [error, inner].some((one) => (one as { name?: string } | null)?.name === 'QuotaExceededError')
}

/** Takes some room in advance, so that the last forms still fit when the phone is full. */
export async function takeBallast(db: FieldDb): Promise<void> {
  try {
    for (let at = await db.meta.where('key').startsWith(BALLAST).count(); at < BALLAST_BYTES / 65_536; at += 1)
      await keep(db, `${BALLAST}${at}`, chance(65_536))
  } catch (error) {
    if (!isFull(error)) throw error
  }
}

/** Writes. Where there is no room the ballast is thrown off and it is tried once more. Throws Full. */
export async function written<T>(db: FieldDb, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isFull(error)) throw error
  }
  try {
    await db.meta.where('key').startsWith(BALLAST).delete()
    return await write()
  } catch (error) {
    throw isFull(error) ? new Full() : error
  }
}

/** The ballast is gone: there is room for little more. */
export async function nearlyFull(db: FieldDb): Promise<boolean> {
  return (await db.meta.where('key').startsWith(BALLAST).count()) === 0
}
