import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../desk/src/api/client'
import { type FieldDb, opened } from '../field/src/store/db'
import { Full } from '../field/src/store/full'
import type { Phone } from '../field/src/store/phone'
import { dropPhoto, keepPhoto, photos, pictureOf } from '../field/src/store/photo'
import { newLock } from '../field/src/store/seal'
import { sendPhotos } from '../field/src/sync/photos'

const WHO = { id: 'w-1', name: '王网格', role: 'grid_worker', area: '530102' }
const OF = { about: 'home-1', area: '530102001002', label: '7栋 2单元 301', taken: 1_580_346_000_000 }
const PICTURE = 'the bytes of a picture of a meter'

let number = 0
let db: FieldDb
let phone: Phone

beforeEach(async () => {
  number += 1
  db = opened(`photos-${number}`)
  const { key } = await newLock('280457', 1000)
  phone = { db, key, who: WHO, device: 'phone-x' }
})

const take = (id: string, on = phone) => keepPhoto(on, id, OF, new Blob([PICTURE], { type: 'image/jpeg' }))
const refusing = (status: number) => async () => {
  throw new ApiError('refused', { detail: 'is no photograph' } as never, status)
}

describe('photographs on the phone', () => {
  test('lie sealed and open only with the key', async () => {
    await take('p-1')
    const row = JSON.stringify((await db.photos.toArray()).map((one) => [...one.of, ...one.picture]))
    const plain = JSON.stringify([...new TextEncoder().encode(PICTURE)]).slice(1, -1)
    expect(row).not.toContain(plain)
    expect(await (await pictureOf(phone, 'p-1'))?.text()).toBe(PICTURE)
    const { key } = await newLock('280457', 1000)
    await expect(pictureOf({ ...phone, key }, 'p-1')).rejects.toThrow()
  })

  test('cannot be put in the place of one another', async () => {
    await take('p-1')
    await take('p-2')
    const [one] = await db.photos.toArray()
    if (one) await db.photos.update('p-2', { picture: one.picture })
    await expect(pictureOf(phone, 'p-2')).rejects.toThrow()
  })

  test('are listed by what they are of, and deleted', async () => {
    await take('p-1')
    expect(await photos(phone, 'home-2')).toEqual([])
    expect(await photos(phone, 'home-1')).toEqual([{ ...OF, id: 'p-1', state: 'waiting' }])
    await dropPhoto(db, 'p-1')
    expect([await photos(phone), await pictureOf(phone, 'p-1')]).toEqual([[], null])
  })

  test('are told where the phone is full', async () => {
    const put = db.photos.put.bind(db.photos)
    db.photos.put = (() => Promise.reject(new DOMException('', 'QuotaExceededError'))) as never
    await expect(take('p-1')).rejects.toThrow(Full)
    db.photos.put = put
    expect(await photos(phone)).toEqual([])
  })
})

describe('sending', () => {
  test('goes on where it broke off; what the server has is gone from the phone', async () => {
    for (const id of ['p-1', 'p-2', 'p-3']) await take(id)
    const sent: string[] = []
    const breaking = async ({ id }: { id: string }, picture: Blob) => {
      if (id === 'p-2' && !sent.includes('p-2')) {
        sent.push(id)
        throw new ApiError('unreachable') // the server has it, and the answer was lost
      }
      sent.push(id)
      expect(await picture.text()).toBe(PICTURE)
    }
    await expect(sendPhotos(phone, breaking)).rejects.toThrow(ApiError)
    expect((await photos(phone)).map((one) => one.id)).toEqual(['p-2', 'p-3'])
    expect(await sendPhotos(phone, breaking)).toBe(2)
    expect(sent).toEqual(['p-1', 'p-2', 'p-2', 'p-3'])
    expect(await photos(phone)).toEqual([])
  })

  test('keeps what the server does not take, with its reason, and goes on with the others', async () => {
    await take('p-1')
    await take('p-2')
    const send = async (photo: { id: string }) => (photo.id === 'p-1' ? refusing(422)() : undefined)
    expect(await sendPhotos(phone, send)).toBe(1)
    expect(await photos(phone)).toEqual([{ ...OF, id: 'p-1', state: 'refused', reason: 'is no photograph' }])
    expect(await sendPhotos(phone, send)).toBe(0)
  })

  test.each([401, 408, 429, 500, 503])('waits for another time where the server says %d', async (status) => {
    await take('p-1')
    await expect(sendPhotos(phone, refusing(status))).rejects.toThrow(ApiError)
    expect((await photos(phone)).map((one) => one.state)).toEqual(['waiting'])
  })
})
