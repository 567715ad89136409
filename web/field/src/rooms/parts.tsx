import { type ReactNode, useId } from 'react'
import { type Key, type Lang, useWords } from '../i18n'
import { back } from '../route'

/** A screen without a way back: setting up, unlocking. */
export function Plain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="plain-screen">
      <h1>{title}</h1>
      {children}
    </main>
  )
}

/** A screen that one comes to and leaves again. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  const w = useWords()
  return (
    <>
      <header className="bar">
        <button type="button" className="back" onClick={back}>
          ‹ {w.t('back')}
        </button>
        <h1>{title}</h1>
      </header>
      <main>{children}</main>
    </>
  )
}

export function LangButton({ change }: { change: (lang: Lang) => void }) {
  const w = useWords()
  return (
    <button
      type="button"
      className="link"
      lang={w.lang === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => change(w.lang === 'zh' ? 'en' : 'zh')}
    >
      {w.t('lang.other')}
    </button>
  )
}

interface ChoiceProps<V extends string> {
  legend: string
  hidden?: boolean
  options: readonly { value: V; label: string }[]
  value: V | null
  onChange: (value: V) => void
}

/** One of a few, as large buttons. */
export function Choice<V extends string>({ legend, hidden, options, value, onChange }: ChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend className={hidden ? 'unseen' : undefined}>{legend}</legend>
      {options.map((one) => (
        <label key={one.value} className={one.value === value ? 'chosen' : undefined}>
          <input
            type="radio"
            name={name}
            value={one.value}
            checked={one.value === value}
            onChange={() => onChange(one.value)}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  )
}

interface ChoicesProps {
  legend: string
  options: readonly { value: string; label: string }[]
  values: string[]
  onChange: (values: string[]) => void
}

/** Any of several. */
export function Choices({ legend, options, values, onChange }: ChoicesProps) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className={values.includes(value) ? 'chosen' : undefined}>
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={(e) => onChange(e.target.checked ? [...values, value] : values.filter((v) => v !== value))}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'password'
  mode?: 'text' | 'numeric' | 'decimal' | 'tel'
  complete?: string
  most?: number
  autoFocus?: boolean
}

export function TextField({ label, value, onChange, type = 'text', mode, complete, most, autoFocus }: TextProps) {
  return (
    <label className="text-field">
      <span>{label}</span>
      <input
        type={type}
        value={value}
        inputMode={mode}
        autoComplete={complete ?? 'off'}
        maxLength={most ?? 200}
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the one field of a screen that is there to be filled in
        autoFocus={autoFocus}
        onChange={(e) => onChange(e.target.value)}
      />
    </label>
  )
}

/** What is wrong, where it was done. */
export function Wrong({ text }: { text: string | null }) {
  return text ? (
    <p role="alert" className="wrong">
      {text}
    </p>
  ) : null
}

/** A number from nothing on, with large buttons; null where nobody has said. */
export function Count({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | null
  onChange: (value: number | null) => void
}) {
  const id = useId()
  return (
    <div className="count">
      <label htmlFor={id}>{label}</label>
      <span>
        <button type="button" aria-label={`${label} −1`} onClick={() => onChange(Math.max(0, (value ?? 1) - 1))}>
          −
        </button>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          value={value ?? ''}
          onChange={(e) => {
            const typed = e.target.value.replace(/\D/g, '')
            onChange(typed ? Number(typed) : null)
          }}
        />
        <button type="button" aria-label={`${label} +1`} onClick={() => onChange((value ?? 0) + 1)}>
          +
        </button>
      </span>
    </div>
  )
}

export function outcomeKey(outcome: string): Key {
  return `state.${outcome}` as Key
}
