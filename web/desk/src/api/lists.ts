import { fetched } from './cases'
import { ApiError, ask, query, refusal, ROOT } from './client'
import type { Schemas } from './types'

export type List = Schemas['ListOut']
export type Kind = List['kind']
export type Preview = Schemas['PreviewOut']
export type ListField = Preview['fields'][number]
export type Words = Preview['words']
export type Fault = Schemas['RowFaultOut']
export type Kept = Schemas['KeptOut']
/** How a sheet is read: which column is which field, what its words mean, what holds for every row. */
export interface Mapping {
  kind: Kind
  columns: Record<string, string>
  values: Record<string, Record<string, string>>
  constants: Record<string, string>
  until: string | null
  earliest: string | null
  order: 'dmy' | 'mdy' | null
  second_cases: boolean
}
export const KINDS: Kind[] = ['cases', 'contacts', 'pairs', 'arrivals']

const at = (id: string) => `/lists/${encodeURIComponent(id)}`

export const lists = {
  all: (before: string | null, signal?: AbortSignal) =>
    ask<Schemas['ListsOut']>(`/lists${query({ before })}`, { signal }),
  state: (id: string, signal?: AbortSignal) => ask<List>(at(id), { signal }),
  words: (id: string, mapping: Mapping, signal?: AbortSignal) =>
    ask<{ words: Words }>(`${at(id)}/words`, { signal, body: { mapping } }),
  run: (id: string, mapping: Mapping, dry: boolean) => ask<List>('/lists/run', { body: { id, mapping, dry } }),
  faults: (id: string, after: number | null, signal?: AbortSignal) =>
    ask<Schemas['FaultsOut']>(`${at(id)}/errors${query({ after: after === null ? null : String(after) })}`, { signal }),
  faultsFile: (id: string) => fetched(`${at(id)}/errors?format=csv`),
  undo: (id: string) => ask<List>(`${at(id)}/undo`, { body: {} }),
  mappings: (signal?: AbortSignal) => ask<Kept[]>('/lists/mappings', { signal }),
  keep: (name: string, mapping: Mapping) => ask<unknown>('/lists/mappings', { body: { name, mapping } }),
  drop: (name: string) => ask<unknown>('/lists/mappings', { method: 'DELETE', body: { name } }),
  template: (kind: Kind) => fetched(`/lists/template?kind=${kind}`),
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Sends a file whole and tells how much of it is there: `fetch` cannot. */
export function preview(file: File, kind: Kind, progress: (share: number) => void): Promise<Preview> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${ROOT}/lists/preview?kind=${kind}`)
    request.setRequestHeader('Content-Type', file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv')
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    request.onerror = () => reject(new ApiError('unreachable'))
    request.onload = () => {
      const body = request.response as string
      if (request.status < 300) resolve(JSON.parse(body) as Preview)
      else refusal(new Response(body, { status: request.status })).then(reject, reject)
    }
    request.send(file)
  })
}
