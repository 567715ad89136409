import { plainDay } from '../../../forms/DayField'
import type { Field } from './fields'
import { NO_SAMPLE } from './inputs'

type Values = Record<string, unknown>

/**
 * What is sent of a form: what was filled in and, with `before`, differs from it; what describes the case goes into its
 * own part.
 */
export function bodyOf(fields: Field[], values: Values, before: Values = {}): Values {
  const body: Values = {}
  const about: Values = {}
  for (const field of fields) {
    const value = cleaned(field, values[field.name])
    if (value === undefined || same(value, cleaned(field, before[field.name]))) continue
    if (field.about) about[field.name] = value
    else body[field.name] = value
  }
  return fields.some((f) => f.about) ? { ...body, about } : body
}

/** The values of a form, of a fact that is there. */
export function valuesOf(data: Values): Values {
  const { about, ...rest } = data
  return { ...rest, ...((about as Values | null) ?? {}) }
}

function cleaned({ kind, required }: Field, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (kind === 'sample' && value === NO_SAMPLE) return required ? null : undefined
  if (kind === 'items' || kind === 'terms') return (value as string[]).length ? value : undefined
  if (kind === 'days') {
    const { earliest, latest } = value as { earliest?: string; latest?: string }
    const [from, to] = [plainDay(earliest ?? ''), plainDay(latest ?? '')]
    return from || to ? { earliest: from || to, latest: to || from } : undefined
  }
  return value
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
