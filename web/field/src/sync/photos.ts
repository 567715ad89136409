import { attachments } from '../../../desk/src/api/attachments'
import { ApiError } from '../../../desk/src/api/client'
import { dropPhoto, type Photo, photos, pictureOf, refusePhoto } from '../store/photo'
import type { Phone } from '../store/phone'

/** The server waits for a body 5 seconds and one more for each 32 KiB: for 1,000 kB, 36. */
const PATIENCE_MS = 45_000
/** What the server says of the photograph itself; anything else is of the moment, and it is tried again. */
const REFUSED = [403, 409, 413, 415, 422]
/** There is one of this id: of a photograph that two phones have, the other has sent it. */
const THERE = 409

type Send = (photo: Photo, picture: Blob) => Promise<void>

/**
 * Sends the photographs that wait, one by one: whatever breaks off, each lies on the phone until the server has said
 * that it has it, and sent again it changes nothing there. How many were sent.
 * Throws ApiError where the server is not there, lets nobody in, or asks for patience.
 */
export async function sendPhotos(phone: Phone, send: Send = toServer): Promise<number> {
  let sent = 0
  for (const photo of await photos(phone)) {
    if (photo.state !== 'waiting') continue
    const picture = await pictureOf(phone, photo.id)
    if (!picture) continue
    try {
      await send(photo, picture)
    } catch (error) {
      if (!(error instanceof ApiError) || !REFUSED.includes(error.status ?? 0)) throw error
      if (photo.shared && error.status === THERE) await dropPhoto(phone.db, photo.id)
      else await refusePhoto(phone, photo, error.message)
      continue
    }
    await dropPhoto(phone.db, photo.id)
    sent += 1
  }
  return sent
}

async function toServer({ id, about, area, data_class = 'screening' }: Photo, picture: Blob): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    await attachments.add(id, picture, { about, area, data_class }, signal)
  } catch (error) {
    throw signal.aborted && !(error instanceof ApiError) ? new ApiError('unreachable') : error
  }
}
