import { type ReactNode, useId } from 'react'
import '../styles/choice.css'

interface Props<T extends string> {
  'aria-label': string
  className?: string
  value: T
  onChange: (value: T) => void
  disabled?: boolean
  options: readonly { value: T; label: ReactNode; title?: string }[]
}

/** One of a few, side by side. The frame of every page has it, so that it is the browser's own radio buttons. */
export function Choice<T extends string>({ className = '', value, onChange, disabled, options, ...said }: Props<T>) {
  const name = useId()
  return (
    <div role="radiogroup" className={`choice ${className}`} {...said}>
      {options.map((one) => (
        <label key={one.value} title={one.title}>
          <input
            type="radio"
            name={name}
            checked={one.value === value}
            disabled={disabled}
            onChange={() => onChange(one.value)}
          />
          <span>{one.label}</span>
        </label>
      ))}
    </div>
  )
}
