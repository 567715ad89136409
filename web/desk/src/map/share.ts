import type { Shade } from './shade'

/** Shares in whole percent by quarters: beside none, up to 24, 49, 74 and 99, and all. */
export const SHARES: Shade = { bands: [1, 25, 50, 75, 100], max: 100 }

/** The class of a share: 0 is none, 5 is all. */
export function shareClass(percent: number): number {
  return SHARES.bands.filter((low) => low <= percent).length
}

/** A share, 0 to 1, in whole percent: never rounded up to all, nor down to none. */
export function percentOf(share: number): number {
  return share > 0 ? Math.max(1, Math.floor(share * 100 + 1e-9)) : 0
}
