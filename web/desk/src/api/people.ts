import { ApiError, asShown, ask, query, reach, refusal, ROOT } from './client'
import { permissions } from './permissions'
import type { Schemas } from './types'

export { newId } from './once'

/** The vault: everything that carries personal data is sent in a body, never in an address. */

export type Person = Schemas['PersonOut']
export type FieldClass = Person['masked'][number]
export type Holding = Schemas['HoldingOut']
export type RowFault = Schemas['FaultOut']
export type Entered = Schemas['EnteredOut']
export type Found = Schemas['FoundOut']
export type Listed = Schemas['PageOut']
type Titled = Schemas['TermsOut']
export interface Terms extends Titled {
  purposes: Titles
  fields: Titles
}
/** One who is entered; what is left out is not known. */
export type PersonIn = Partial<Schemas['PersonIn']> &
  Pick<Schemas['PersonIn'], 'name' | 'area' | 'data_class'> & { id: string }
export type Titles = Record<string, { zh: string; en: string }>
export type Sought = { document: string } | { phone: string } | { name: string; birth_date: string }
export interface Looking {
  purpose: string
  break_glass?: { reason: string }
}

const one = (id: string) => `/people/${encodeURIComponent(id)}`
const put = <T>(path: string, body: unknown) => ask<T>(path, { method: 'PUT', body })

/** What classes, bases, documents, purposes and fields are called. */
async function terms(signal?: AbortSignal): Promise<Terms> {
  const [own, table] = await Promise.all([ask<Titled>('/people/terms', { signal }), permissions(signal)])
  return { ...own, purposes: table.purposes, fields: table.field_classes }
}

export const people = {
  terms,
  list: (asked: { area?: string; data_class?: string; after?: string; purpose: string }, signal?: AbortSignal) =>
    ask<Listed>('/people/list', { signal, body: asked }),
  find: (asked: Sought & Looking) => ask<Found>('/people/find', { body: asked }),
  card: (id: string, looking: Looking, signal?: AbortSignal) =>
    ask<Person>(`${one(id)}/card`, { signal, body: looking }),
  enter: (entered: PersonIn[]) => ask<Entered>('/people', { body: { people: entered } }),
  amend: (id: string, changed: Record<string, unknown> & Looking) => put<unknown>(one(id), changed),
  hold: (id: string, holding: { area: string; data_class: string; basis?: string; since?: string }) =>
    ask<unknown>(`${one(id)}/holdings`, { body: holding }),
  end: (id: string, holding: string, ends: string) =>
    ask<unknown>(`${one(id)}/holdings/${holding}/end`, { body: { ends } }),
  write: (id: string, text_class: string, text: string) =>
    ask<unknown>(`${one(id)}/texts`, { body: { text_class, text } }),
  merge: (keep: string, other: string) => ask<{ id: string }>('/people/merge', { body: { keep, other } }),
  separate: (merge: string) => ask<unknown>('/people/separate', { body: { merge } }),
  erase: (id: string, reason_code: string, basis: string) =>
    ask<unknown>(`${one(id)}/erase`, { body: { reason_code, basis } }),
  ownCode: (id: string) => ask<{ code: string; expires: string }>(`${one(id)}/own-code`, { body: {} }),
}

/** Sends a file whole and tells how much of it is there: `fetch` cannot. */
export function sendFile(
  file: File,
  asked: { area?: string; data_class?: string; basis?: string },
  progress: (share: number) => void,
): Promise<Entered> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${ROOT}/people/import${query(asked)}`)
    request.setRequestHeader('Content-Type', typeOf(file))
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    request.onerror = () => reject(new ApiError('unreachable'))
    request.onload = () => {
      const body = request.response as string
      if (request.status < 300) resolve(JSON.parse(body) as Entered)
      else refusal(new Response(body, { status: request.status })).then(reject, reject)
    }
    request.send(file)
  })
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function typeOf(file: File): string {
  return file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv'
}

/** A file of the people of a list: the answer is the file itself. */
export async function exported(asked: {
  form: 'named' | 'pseudonymised'
  area?: string
  data_class?: string
  purpose: string
}): Promise<Blob> {
  const headers = { 'Content-Type': 'application/json', ...asShown() }
  const response = await reach(`${ROOT}/people/export`, { method: 'POST', headers, body: JSON.stringify(asked) })
  if (!response.ok) throw await refusal(response)
  return response.blob()
}

/** An empty list to fill in, with the titles of the page's language. */
export async function template(): Promise<Blob> {
  const response = await reach(`${ROOT}/people/template`, { headers: asShown() })
  if (!response.ok) throw await refusal(response)
  return response.blob()
}
