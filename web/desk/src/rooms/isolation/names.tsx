import { Button } from 'antd'
import { useState } from 'react'
import { isolation, type Wanted } from '../../api/isolation'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { Failure } from '../../parts/States'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

/** As many as one page of orders has. */
const MOST = 200

export interface Names {
  of: (person: string) => string
  /** There are more people than names were asked for. */
  cut: boolean
  purpose: string | null
  choose: (purpose: string) => void
  error: Error | null
  retry: () => void
}

/** The names of those whom the wanted orders restrict, once a purpose was chosen: one look, kept on record. */
export function useNames(wanted: Wanted): Names {
  const [purpose, choose] = useState<string | null>(null)
  const found = useResource(
    purpose && `names|${purpose}|${JSON.stringify(wanted)}`,
    (signal) => isolation.orders({ ...wanted, names: true, purpose: purpose ?? '', limit: MOST }, signal),
    'keep',
  )
  const shown = found.data?.people
  return {
    of: (person) => shown?.[person]?.fields.name ?? '',
    cut: Boolean(found.data?.next),
    purpose,
    choose,
    error: found.error,
    retry: found.retry,
  }
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
