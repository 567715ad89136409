import { Alert } from 'antd'
import { ApiError } from '../../api/client'
import type { Terms } from '../../api/whatif'
import { Told } from '../../forms/Told'
import type { Draft } from './draft'
import { useSpoken } from './words'

interface Refusal {
  loc?: (string | number)[]
  msg?: string
}

type Words = ReturnType<typeof useSpoken>

/** What the server refused, each with the field that it is of as the page calls it. */
export function Wrong({ error, draft, terms }: { error: unknown; draft: Draft; terms: Terms }) {
  const w = useSpoken()
  const all = error instanceof ApiError ? ((error.problem?.errors ?? []) as Refusal[]) : []
  if (!all.length) return <Told error={error} />
  return (
    <Alert
      className="told"
      type="error"
      showIcon
      role="alert"
      title={w.t('wrong.title')}
      description={
        <ul>
          {all.map((one) => {
            const parts = (one.loc ?? []).flatMap((part) => String(part).split('.'))
            return (
              <li key={parts.join('.')}>
                {placeOf(parts, draft, terms, w)}: {one.msg}
              </li>
            )
          })}
        </ul>
      }
    />
  )
}

const FIELDS = {
  area: 'wi.area',
  days: 'wi.days',
  runs: 'wi.runs',
  seed: 'wi.seed',
  begins: 'sc.begins',
  ends: 'sc.ends',
  share: 'sc.share',
  delay: 'sc.delay',
  effect: 'sc.effect',
  name: 'sc.name',
  growth: 'sc.growth',
  low: 'sc.low',
  high: 'sc.high',
  reproduction: 'sc.by.reproduction',
  doubling_days: 'sc.by.doubling_days',
} as const

/** The way to a field in the page's words: scenario, measure, field. */
function placeOf(parts: string[], draft: Draft, terms: Terms, w: Words): string {
  const said = parts.map((part, at) => {
    if (parts[at - 1] === 'scenarios') return draft.scenarios[Number(part)]?.name
    const term = [...terms.assumptions, ...terms.measures].find((one) => one.code === part)
    if (term) return w.name(term)
    return part in FIELDS ? w.t(FIELDS[part as keyof typeof FIELDS]) : undefined
  })
  return said.filter(Boolean).join(' · ') || parts.join('.')
}
