import { Input } from 'antd'
import type { ComponentProps } from 'react'
import { ZONE } from '../moments'

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
      value={value ? wallClock(value) : ''}
      onChange={(e) => onChange?.(isoOf(e.target.value))}
    />
  )
}

/** A moment as the authority's clock on the wall shows it: 2020-01-30T09:00. */
export function wallClock(iso: string): string {
  const wall = new Date(iso).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: ZONE })
  return wall.replace(' ', 'T')
}

function isoOf(wall: string): string | null {
  const at = new Date(`${wall}+08:00`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
