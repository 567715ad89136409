import { Button } from 'antd'
import { useState } from 'react'
import { isolation, type Wanted } from '../../api/isolation'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import type { Schemas } from '../../api/types'
import { Failure } from '../../parts/States'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { useSpoken } from './words'

/** As many as one page of orders has. */
const MOST = 200

interface Shown {
  people: Record<string, Schemas['PersonOut']> | null
  /** There are more people than names were asked for. */
  cut: boolean
}

export interface Names {
  of: (person: string) => string
  /** Phones and the address, as far as the role sees them. */
  reach: (person: string) => string[]
  cut: boolean
  purpose: string | null
  choose: (purpose: string) => void
  error: Error | null
  retry: () => void
}

/** The people of a list, once a purpose was chosen: one look, kept on record. */
export function useShown(list: string, look: (purpose: string, signal?: AbortSignal) => Promise<Shown>): Names {
  const [purpose, choose] = useState<string | null>(null)
  const found = useResource(purpose && `names|${purpose}|${list}`, (signal) => look(purpose ?? '', signal), 'keep')
  const fields = (person: string) => found.data?.people?.[person]?.fields
  return {
    of: (person) => fields(person)?.name ?? '',
    reach: (person) => [...(fields(person)?.phones ?? []), fields(person)?.address ?? ''].filter(Boolean),
    cut: Boolean(found.data?.cut),
    purpose,
    choose,
    error: found.error,
    retry: found.retry,
  }
}

/** The people whom the wanted orders restrict. */
export function useNames(wanted: Wanted): Names {
  return useShown(JSON.stringify(wanted), async (purpose, signal) => {
    const page = await isolation.orders({ ...wanted, names: true, purpose, limit: MOST }, signal)
    return { people: page.people, cut: Boolean(page.next) }
  })
}

/** Who somebody is and how to reach him or her, where that was asked for. */
export function Called({ names, person }: { names: Names; person: string }) {
  const name = names.of(person)
  return (
    <>
      {name && <span className="block">{name}</span>}
      {names.reach(person).map((one) => (
        <span key={one} className="muted block small">
          {one}
        </span>
      ))}
    </>
  )
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
