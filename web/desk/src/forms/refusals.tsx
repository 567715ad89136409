import { useEffect, useRef } from 'react'
import { ApiError } from '../api/client'

interface Refusal {
  loc?: (string | number)[]
  field?: string
  msg?: string
}

/** What was told at a field, by error: it is not told a second time above the button. */
const atFields = new WeakMap<ApiError, Set<string>>()

const refusedBy = (error: ApiError) => (error.problem?.errors ?? []) as Refusal[]

/** What the server refused, told at the field that it names: properties for the field's Form.Item. */
export function refusals(error: unknown): (field: string) => object {
  if (!(error instanceof ApiError)) return () => ({})
  const told = atFields.get(error) ?? new Set<string>()
  atFields.set(error, told)
  return (field) => {
    const its = refusedBy(error)
      .filter((one) => named(one, field))
      .flatMap((one) => (one.msg ? [one.msg] : []))
    for (const msg of its) told.add(msg)
    return its.length ? { validateStatus: 'error', help: <AtField words={its.join(' ')} /> } : {}
  }
}

/** What the server refused of no field that stands here; null where it went through no fields. */
export function untold(error: ApiError): string[] | null {
  const all = refusedBy(error).flatMap((one) => (typeof one.msg === 'string' ? [one.msg] : []))
  return all.length ? all.filter((msg) => !atFields.get(error)?.has(msg)) : null
}

/** What is wrong with a field. The first of a form takes the focus to its field. */
function AtField({ words }: { words: string }) {
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const first = here.current?.closest('form')?.querySelector('.refused')
    if (first !== here.current) return
    const item = here.current?.closest('.ant-form-item')
    item?.querySelector<HTMLElement>(':is(input, textarea, select, button, [tabindex]):not([disabled])')?.focus()
  }, [])
  return (
    <span role="alert" className="refused" ref={here}>
      {words}
    </span>
  )
}

/** Whether a refusal is of a field: `about.onset` stands for `onset` inside `about`. */
function named({ loc, field }: Refusal, asked: string): boolean {
  const parts = [...(loc ?? []).map(String), ...(field ?? '').split('.')]
  return parts.includes(asked) || (loc ?? []).join('.').endsWith(asked)
}
