import { useSession } from '../session'
import { permissions } from './permissions'
import { useResource } from './resource'

/** Whether the role sees of something how many there are, and none of them; null until that is known. */
export function useSumsOnly(action: string): boolean | null {
  const { session } = useSession()
  const table = useResource('permissions', permissions)
  if (!table.data) return table.error ? false : null
  return table.data.roles.find((r) => r.id === session?.role)?.rights[action]?.scope === 'aggregate'
}
