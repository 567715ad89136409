import { allDrafts, keepDraft } from '../store/drafts'
import { draftOf } from '../store/drafts'
import { listed, settle, takeIn } from '../store/outbox'
import { keepPeople, newPeople } from '../store/people'
import type { Phone } from '../store/phone'
import type { Work } from './pack'

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

/** The other phone has it: this one sends it no more, and keeps it. */
export async function given(phone: Phone, work: Work): Promise<void> {
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
  return takeIn(phone, work.items)
}
