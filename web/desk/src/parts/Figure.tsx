import type { Cell, Unit } from '../api/types'
import { useWords } from '../i18n'

/** A number as it is shown: with its qualifier; null as "not reported", never 0. */
export function useShown(): (cell: Cell | null | undefined) => string {
  const w = useWords()
  return (cell) => (cell ? w.t(`qualifier.${cell.qualifier ?? 'exact'}`, { n: w.n(cell.n) }) : w.t('null'))
}

interface Props {
  cell: Cell | null | undefined
  unit?: Unit
  /** What the number is of, for those who hear the page. */
  label: string
  open: () => void
  className?: string
}

/** A number that opens its origin. */
export function Figure({ cell, unit, label, open, className = '' }: Props) {
  const w = useWords()
  const shown = useShown()
  const value = shown(cell)
  const spoken = cell ? `${value} ${w.t(`unit.${unit ?? cell.unit}`)}, ${w.t(`basis.${cell.basis}`)}` : value
  return (
    <button
      type="button"
      className={`figure ${cell ? cell.basis : 'null'} ${className}`}
      aria-label={w.t('figures.open', { label, value: spoken })}
      title={cell ? w.t(`basis.${cell.basis}`) : undefined}
      onClick={open}
    >
      {value}
      {unit && cell && <small> {w.t(`unit.${unit}`)}</small>}
    </button>
  )
}
