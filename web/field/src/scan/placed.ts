/** The code of a place that was read last: the inspection of that place carries it as evidence, once. */
let last: { place: string; code: string } | null = null

export const placed = {
  put(place: string, code: string): void {
    last = { place, code }
  },
  take(place: string): string {
    const code = last?.place === place ? last.code : ''
    if (code) last = null
    return code
  },
}
