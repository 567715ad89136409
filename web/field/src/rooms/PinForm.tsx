import Button from 'antd-mobile/es/components/button'
import { useState } from 'react'
import { useWords } from '../i18n'
import { weakness } from '../store/phone'
import { TextField, Wrong } from './parts'

interface Props {
  /** Ask for the PIN in force as well. */
  old?: boolean
  button: string
  act: (pin: string, old: string) => Promise<unknown>
}

/** A new PIN, twice. */
export function PinForm({ old, button, act }: Props) {
  const w = useWords()
  const [pins, setPins] = useState({ old: '', pin: '', repeat: '' })
  const [letters, setLetters] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    const weak = weakness(pins.pin)
    if (weak) return setWrong(w.t(weak === 'short' ? 'pin.short' : 'pin.simple'))
    if (pins.pin !== pins.repeat) return setWrong(w.t('pin.differ'))
    setWrong(null)
    setBusy(true)
    await act(pins.pin, pins.old).then(
      () => setPins({ old: '', pin: '', repeat: '' }),
      (error: Error) => setWrong(error.message || w.t('pin.wrong')),
    )
    setBusy(false)
  }
  const mode = letters ? 'text' : 'numeric'
  const field = (name: keyof typeof pins, label: string) => (
    <TextField
      type="password"
      label={label}
      mode={mode}
      complete={name === 'old' ? 'current-password' : 'new-password'}
      value={pins[name]}
      onChange={(value) => setPins((before) => ({ ...before, [name]: value }))}
    />
  )
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        submit()
      }}
    >
      <p className="muted">{w.t('pin.new.text')}</p>
      {old && field('old', w.t('pin.old'))}
      {field('pin', w.t('pin.pin'))}
      {field('repeat', w.t('pin.repeat'))}
      <button type="button" className="link" onClick={() => setLetters(!letters)}>
        {w.t(letters ? 'pin.digits' : 'pin.letters')}
      </button>
      <Wrong text={wrong} />
      <Button type="submit" block color="primary" size="large" loading={busy} disabled={!pins.pin}>
        {button}
      </Button>
    </form>
  )
}
