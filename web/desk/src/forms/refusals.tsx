import { ApiError } from '../api/client'

interface Refusal {
  loc?: (string | number)[]
  field?: string
  msg?: string
}

/** What the server refused, told at the field that it names: properties for the field's Form.Item. */
export function refusals(error: unknown): (field: string) => object {
  const all = error instanceof ApiError ? ((error.problem?.errors ?? []) as Refusal[]) : []
  return (field) => {
    const its = all.filter((one) => named(one, field)).flatMap((one) => (one.msg ? [one.msg] : []))
    return its.length ? { validateStatus: 'error', help: <span role="alert">{its.join(' ')}</span> } : {}
  }
}

/** Whether a refusal is of a field: `about.onset` stands for `onset` inside `about`. */
function named({ loc, field }: Refusal, asked: string): boolean {
  const parts = [...(loc ?? []).map(String), ...(field ?? '').split('.')]
  return parts.includes(asked) || (loc ?? []).join('.').endsWith(asked)
}
