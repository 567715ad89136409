import { allDrafts, keepDraft } from '../store/drafts'
import { draftOf } from '../store/drafts'
import { listed, settle, takeIn } from '../store/outbox'
import { keepPeople, newPeople } from '../store/people'
import type { Phone } from '../store/phone'
import { keepPhoto, type Photo, photos, pictureOf, sharePhotos } from '../store/photo'
import type { Carried, Work } from './pack'

/** Photographs of one file: at most 1,000 kB each, so that a cheap phone can read it. */
export const MOST_PHOTOS = 20

/** All that is not on the server yet. */
export async function workOf(phone: Phone): Promise<Work> {
  const items = await listed(phone, ['waiting', 'behind'])
  return {
    area: phone.who.area,
    items: items.map(({ fact, label }) => ({ fact, label })),
    drafts: await allDrafts(phone),
    people: await newPeople(phone),
  }
}

/** The photographs that wait, the oldest first, as many as one file carries. */
export async function carried(phone: Phone): Promise<Carried[]> {
  const all: Carried[] = []
  for (const photo of await toCarry(phone)) {
    const picture = await pictureOf(phone, photo.id)
    if (!picture) continue
    const { state: _, shared: __, ...of } = photo
    all.push({ ...of, picture: base64(new Uint8Array(await picture.arrayBuffer())) })
  }
  return all
}

async function toCarry(phone: Phone): Promise<Photo[]> {
  return (await photos(phone)).filter((one) => one.state === 'waiting' && !one.shared).slice(0, MOST_PHOTOS)
}

/** The other phone has it: this one sends its facts no more, and keeps them. Photographs it sends all the same. */
export async function given(phone: Phone, work: Work): Promise<void> {
  const ids = new Set(work.photos?.map((one) => one.id))
  await sharePhotos(
    phone,
    (await photos(phone)).filter((one) => ids.has(one.id)),
  )
  await settle(
    phone,
    work.items.map((item) => ({ id: item.fact.id, state: 'handed' as const })),
  )
}

/** Takes over another phone's work; how many facts were new. A draft of one's own stays. Throws Full. */
export async function takenOver(phone: Phone, work: Work): Promise<number> {
  const own = await newPeople(phone)
  const fresh = work.people.filter((one) => !own.some((mine) => mine.id === one.id))
  if (fresh.length) await keepPeople(phone, [...own, ...fresh])
  for (const { subject, value } of work.drafts)
    if (!(await draftOf(phone, subject))) await keepDraft(phone, subject, value)
  const known = new Set((await photos(phone)).map((one) => one.id))
  for (const { id, picture, ...of } of work.photos ?? [])
    if (!known.has(id)) await keepPhoto(phone, id, { ...of, shared: true }, new Blob([fromBase64(picture)]))
  return takeIn(phone, work.items)
}

const CHUNK = 8_192

function base64(bytes: Uint8Array): string {
  let plain = ''
  for (let at = 0; at < bytes.length; at += CHUNK) plain += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(plain)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
}
