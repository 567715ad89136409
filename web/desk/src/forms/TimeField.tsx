import { Input } from 'antd'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'type'> & {
  /** ISO. */
  value?: string | null
  onChange?: (iso: string | null) => void
}

/** A moment, typed or picked in the viewer's own time zone, as the browser offers it; outside of here it is ISO. */
export function TimeField({ value, onChange, ...rest }: Props) {
  return (
    <Input
      {...rest}
      type="datetime-local"
      min="1900-01-01T00:00"
      max="2199-12-31T23:59"
      value={value ? wallClock(value) : ''}
      onChange={(e) => onChange?.(isoOf(e.target.value))}
    />
  )
}

/** A moment as the viewer's clock on the wall shows it: 2020-01-30T09:00. */
export function wallClock(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).replace(' ', 'T')
}

function isoOf(wall: string): string | null {
  const at = new Date(wall)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
