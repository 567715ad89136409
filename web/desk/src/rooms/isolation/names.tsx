import { Button } from 'antd'
import { useState } from 'react'
import { people } from '../../api/people'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { Failure } from '../../parts/States'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

/** Each name is a look that is kept on record: so many at once. */
const MOST = 60

export interface Names {
  of: (person: string) => string
  /** More people than names are asked for at once. */
  cut: boolean
  purpose: string | null
  choose: (purpose: string) => void
  error: Error | null
  retry: () => void
}

/** The names of people, once a purpose was chosen. */
export function useNames(ids: readonly string[]): Names {
  const [purpose, choose] = useState<string | null>(null)
  const asked = [...new Set(ids)].slice(0, MOST)
  const found = useResource(
    purpose && asked.length ? `names|${purpose}|${asked.join()}` : null,
    async (signal) => {
      const shown = await Promise.all(
        asked.map((id) => people.card(id, { purpose: purpose as string }, signal).catch(unlessMissing)),
      )
      return new Map(asked.map((id, at) => [id, shown[at]?.fields.name ?? '']))
    },
    'keep',
  )
  return {
    of: (person) => found.data?.get(person) ?? '',
    cut: ids.length > MOST,
    purpose,
    choose,
    error: found.error,
    retry: found.retry,
  }
}

/** Somebody whom the role does not see has no name here; anything else is a failure. */
function unlessMissing(error: unknown): null {
  if (error instanceof Error && 'kind' in error && (error.kind === 'missing' || error.kind === 'forbidden')) return null
  throw error
}

/** The door to the names: shut until a purpose is chosen. */
export function NamesDoor({ names }: { names: Names }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const [open, setOpen] = useState(false)
  const titles = useResource(open ? 'permissions' : null, permissions)
  if (!may('people.see')) return null
  if (!open) return <Button onClick={() => setOpen(true)}>{w.t('names.show')}</Button>
  return (
    <div className="names-open">
      {titles.data && (
        <Purpose
          purposes={session?.purposes ?? []}
          titles={titles.data.purposes}
          value={names.purpose}
          choose={names.choose}
        />
      )}
      {names.cut && <p className="muted small">{w.t('names.some', { n: MOST })}</p>}
      {names.error && <Failure error={names.error} retry={names.retry} told />}
    </div>
  )
}
