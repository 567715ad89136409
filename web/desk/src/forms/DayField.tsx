import { Input } from 'antd'
import type { ComponentProps } from 'react'

/** A day as it is written on a document. Typed, not picked: a birth date is decades of clicks away. */
export function DayField({
  onChange,
  ...rest
}: Omit<ComponentProps<typeof Input>, 'onChange'> & { onChange?: (day: string) => void }) {
  return (
    <Input
      placeholder="1980-01-31"
      {...rest}
      inputMode="numeric"
      maxLength={10}
      onChange={(e) => onChange?.(e.target.value)}
      onBlur={(e) => onChange?.(plainDay(e.target.value))}
    />
  )
}

/** 19800131, 1980.1.31 and 1980年1月31日 are 1980-01-31; anything else stays as it was typed. */
export function plainDay(typed: string): string {
  const found =
    /^(\d{4})\D?(\d{2})\D?(\d{2})$/.exec(typed.trim()) ?? /^(\d{4})\D(\d{1,2})\D(\d{1,2})日?$/.exec(typed.trim())
  if (!found) return typed
  return `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`
}

export function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

/** The end of a day in the viewer's zone. */
export function endOf(day: string): string {
  const at = new Date(`${day}T00:00:00`)
  at.setDate(at.getDate() + 1)
  return at.toISOString()
}

export function dayRule(message: string) {
  return {
    validateTrigger: ['onBlur', 'onSubmit'],
    validator: (_: unknown, value?: string) =>
      !value || isDay(plainDay(value)) ? Promise.resolve() : Promise.reject(new Error(message)),
  }
}
