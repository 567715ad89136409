import { InputNumber } from 'antd'
import { useId } from 'react'

interface Props {
  label: string
  value: number | null
  onChange: (to: number | null) => void
  least?: number
  most?: number
  unit?: string
  /** A share from 0 to 1, shown and typed in percent. */
  share?: boolean
  whole?: boolean
  needed?: boolean
  /** The label is read and not seen: what stands beside the field says the same. */
  bare?: boolean
}

/** A number with its label and unit. */
export function Num({ label, value, onChange, least, most, unit, share, whole, needed, bare }: Props) {
  const id = useId()
  const scale = share ? 100 : 1
  const shown = value === null ? null : Math.round(value * scale * 1e6) / 1e6
  return (
    <span className="num">
      <label htmlFor={id} className={bare ? 'sr' : undefined}>
        {label}
      </label>
      <InputNumber
        id={id}
        value={shown}
        onChange={(to) => onChange(to === null ? null : Number(to) / scale)}
        min={least === undefined ? undefined : least * scale}
        max={most === undefined ? undefined : most * scale}
        precision={whole ? 0 : undefined}
        suffix={share ? '%' : unit || undefined}
        status={needed && value === null ? 'error' : undefined}
        aria-invalid={needed && value === null ? true : undefined}
        controls={false}
      />
    </span>
  )
}
