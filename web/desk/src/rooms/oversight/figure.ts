import type { FindingRow } from '../../api/oversight'
import type { useSpoken } from './words'

const SHARES = ['share', 'usual']

/** A figure of a finding as it is written: shares in per cent. */
export function figure(w: ReturnType<typeof useSpoken>, one: FindingRow['figures'][number]) {
  return SHARES.includes(one.code) ? w.percent(one.value) : w.n(one.value)
}
