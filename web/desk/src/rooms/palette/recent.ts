import type { ThingFound } from '../../api/find'

/** What was opened: of which kind, and its code or id. Never a name, a number or what was typed. */
export interface Recent {
  kind: 'page' | 'division' | ThingFound['kind']
  id: string
}

const STORED = 'lianfang.recent'
const MOST = 6
const KINDS: ReadonlySet<string> = new Set<Recent['kind']>([
  'page',
  'division',
  'grid',
  'post',
  'clinic',
  'station',
  'case',
  'contact',
])
const ID = /^[\w-]{1,64}$/

/** The last ones that were opened from here in this window under this hat, the newest first. */
export function recents(): Recent[] {
  try {
    const held: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]')
    return Array.isArray(held) ? held.filter(isRecent).slice(0, MOST) : []
  } catch {
    return [] // storage may be forbidden, or hold what is not ours
  }
}

export function remember(one: Recent): void {
  const others = recents().filter((held) => held.kind !== one.kind || held.id !== one.id)
  try {
    sessionStorage.setItem(STORED, JSON.stringify([one, ...others].slice(0, MOST)))
  } catch {
    // The page is then found by typing.
  }
}

function isRecent(one: unknown): one is Recent {
  const { kind, id } = (one ?? {}) as Partial<Record<keyof Recent, unknown>>
  return typeof kind === 'string' && typeof id === 'string' && KINDS.has(kind) && ID.test(id)
}
