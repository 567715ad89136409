import { Input } from 'antd'
import type { ComponentProps } from 'react'
import { wallMinute } from '../moments'

type Props = Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'type'> & {
  /** ISO. */
  value?: string | null
  onChange?: (iso: string | null) => void
}

/** A moment, typed or picked by the clock of the authority, as times are shown everywhere; outside of here it is ISO. */
export function TimeField({ value, onChange, ...rest }: Props) {
  return (
    <Input
      {...rest}
      type="datetime-local"
      min="1900-01-01T00:00"
      max="2199-12-31T23:59"
      value={value ? wallMinute(value) : ''}
      onChange={(e) => onChange?.(isoOf(e.target.value))}
    />
  )
}

function isoOf(wall: string): string | null {
  const at = new Date(`${wall}+08:00`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
