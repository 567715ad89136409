import type { Post } from '../../api/gates'

/** Whether somebody is on duty at a post now; `off` is outside its hours, `clinic` whom its own hospital staffs. */
export type PostState = 'staffed' | 'unstaffed' | 'off' | 'closed' | 'clinic'

export const POST_STATES: PostState[] = ['staffed', 'unstaffed', 'off', 'closed', 'clinic']
/** What stands on the map: told apart without colour. */
export const SIGNS: Record<PostState, string> = { staffed: '✓', unstaffed: '!', off: '–', closed: '×', clinic: '+' }

export function stateOf(post: Pick<Post, 'closed' | 'kind_of' | 'unstaffed' | 'on_duty'>): PostState {
  if (post.closed) return 'closed'
  if (post.kind_of === 'clinic') return 'clinic'
  if (post.unstaffed) return 'unstaffed'
  return post.on_duty ? 'staffed' : 'off'
}

/** Where a post stands, in degrees east and north; null where it was not told. */
export function positionOf(post: Pick<Post, 'east_deg' | 'north_deg'>): [number, number] | null {
  return post.east_deg === null || post.north_deg === null ? null : [post.east_deg, post.north_deg]
}
