import Button from 'antd-mobile/es/components/button'
import { lazy, Suspense, useState } from 'react'
import { type Lang, useWords } from '../i18n'
import type { FieldDb } from '../store/db'
import { enter, type Phone, Wait } from '../store/phone'
import { LangButton, Plain, TextField, Wrong } from './parts'

const Forgotten = lazy(() => import('./Forgotten'))

interface Props {
  db: FieldDb
  done: (phone: Phone | 'new') => void
  change: (lang: Lang) => void
}

/** Asks for the PIN. Works without a network. */
export default function LockScreen({ db, done, change }: Props) {
  const w = useWords()
  const [pin, setPin] = useState('')
  const [letters, setLetters] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [forgotten, setForgotten] = useState(false)
  const unlock = async () => {
    setBusy(true)
    setWrong(null)
    try {
      done(await enter(db, pin))
    } catch (error) {
      setPin('')
      setBusy(false)
      setWrong(error instanceof Wait ? w.t('pin.wait', { seconds: error.seconds }) : w.t('pin.wrong'))
    }
  }
  return (
    <Plain title={w.t('pin.title')}>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          unlock()
        }}
      >
        <TextField
          type="password"
          label={w.t('pin.pin')}
          mode={letters ? 'text' : 'numeric'}
          complete="current-password"
          value={pin}
          onChange={setPin}
          autoFocus
        />
        <Wrong text={wrong} />
        <Button type="submit" block color="primary" size="large" loading={busy} disabled={!pin}>
          {w.t('pin.open')}
        </Button>
      </form>
      <div className="links">
        <button type="button" className="link" onClick={() => setLetters(!letters)}>
          {w.t(letters ? 'pin.digits' : 'pin.letters')}
        </button>
        <button type="button" className="link" onClick={() => setForgotten(!forgotten)}>
          {w.t('pin.forgotten')}
        </button>
        <LangButton change={change} />
      </div>
      {forgotten && (
        <Suspense>
          <Forgotten db={db} done={done} />
        </Suspense>
      )}
    </Plain>
  )
}
