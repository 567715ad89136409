/** The household whose code was scanned last: its visit carries that as evidence, once. */
let last: string | null = null

export const scanned = {
  put(household: string): void {
    last = household
  },
  take(household: string): boolean {
    const fits = last === household
    if (fits) last = null
    return fits
  },
}
