import { fetched } from './cases'
import { ask, query } from './client'
import type { Schemas } from './types'

export type FieldForm = Schemas['FormOut']
export type Sheet = Schemas['SheetOut']
/** What a form is asked for: a case or contact, or an area on a day. With a purpose it has names. */
export interface Asked {
  subject?: string
  area?: string
  day?: string
  disease?: string
  purpose?: string
}
type Format = 'json' | 'xlsx' | 'html'

const at = (form: string) => `/forms/${encodeURIComponent(form)}`

/** A form with names is asked for in a body: the look goes on record. */
const put = ({ purpose, ...asked }: Asked, format: Format, after = '') =>
  purpose ? { body: { ...asked, purpose, format, after } } : { path: query({ ...asked, format, after }) }

export const forms = {
  all: (signal?: AbortSignal) => ask<FieldForm[]>('/forms', { signal }),
  sheet: (form: string, asked: Asked, after = '', signal?: AbortSignal) => {
    const { path = '', body } = put(asked, 'json', after)
    return ask<Sheet>(at(form) + path, { signal, body })
  },
  file: (form: string, asked: Asked, format: 'xlsx' | 'html') => {
    const { path = '', body } = put(asked, format)
    return fetched(at(form) + path, body)
  },
}
