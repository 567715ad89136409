import type { Bundle, Form, Schema } from './bundle'

/** What a form of this app records, by its kind: the version, and the fields that it fills in. */
export interface Known {
  kind: string
  version: number
  fields: readonly string[]
}

/** The schema at a path of fields; `[]` steps into a list. Null where the server's form has no such field. */
export function at(form: Form | undefined, ...path: string[]): Schema | null {
  const defs = form?.data.$defs ?? {}
  let here: Schema | null = form ? plain(form.data, defs) : null
  for (const step of path) {
    const next: Schema | undefined = step === '[]' ? here?.items : here?.properties?.[step]
    here = next ? plain(next, defs) : null
  }
  return here
}

/** Without references, and without the alternative that there is none. */
function plain(schema: Schema, defs: Record<string, Schema>): Schema {
  if (schema.$ref) return plain(defs[schema.$ref.replace('#/$defs/', '')] ?? {}, defs)
  const some = schema.anyOf?.find((one) => one.type !== 'null')
  return some ? plain(some, defs) : schema
}

export interface Range {
  least: number
  most: number
}

/** Between what a number must lie; unbounded where the server's form says nothing. */
export function range(form: Form | undefined, ...path: string[]): Range {
  const found = at(form, ...path)
  return { least: found?.minimum ?? Number.NEGATIVE_INFINITY, most: found?.maximum ?? Number.POSITIVE_INFINITY }
}

/** Those of the choices that this app has words for which the server takes, in the app's order. */
export function choices<V extends string>(form: Form | undefined, known: readonly V[], ...path: string[]): V[] {
  const taken = at(form, ...path)?.enum
  return known.filter((one) => !taken || taken.includes(one))
}

/**
 * How a form of the app stands to the server's: `behind` where the server has only an older version of it; `ahead` where
 * the server has a newer one, or asks for a field that this app cannot fill in. More that may be left out harms nothing.
 */
export function standing(bundle: Bundle, { kind, version, fields }: Known): 'same' | 'behind' | 'ahead' {
  const form = bundle.forms[kind]
  if (!form) return 'same'
  if (form.version < version) return 'behind'
  const asked = (form.data.required ?? []).some((field) => !fields.includes(field))
  return form.version > version || asked ? 'ahead' : 'same'
}

/**
 * A number that was typed, in the ways in which people type one, rounded to a tenth; null where nothing was; undefined
 * where it is no number within the range.
 */
export function typed(text: string, { least, most }: Range): number | null | undefined {
  const trimmed = text.normalize('NFKC').trim()
  if (!trimmed) return null
  const read = Number(
    trimmed
      .replace(/[,。]/, '.')
      .replace(/°C?$|℃$/i, '')
      .replace(/\.$/, 'x'),
  )
  return read >= least && read <= most ? Math.round(read * 10) / 10 : undefined
}
