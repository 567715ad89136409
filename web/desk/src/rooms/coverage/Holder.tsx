import { useSpoken } from './words'

const ID = /^[0-9a-f-]{36}$/

interface Props {
  code: string
  /** What holders are called, of whom this role is told. */
  names: Record<string, string>
}

/** Who has a grid, by name; by the code, or the beginning of a long one, where this role is told no names. */
export function Holder({ code, names }: Props) {
  const w = useSpoken()
  if (!code) return <span className="tag fails">{w.t('cov.nobody')}</span>
  return <>{names[code] ?? w.t('cov.holder.code', { code: ID.test(code) ? code.slice(0, 8) : code })}</>
}
