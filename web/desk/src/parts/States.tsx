import { ApiError } from '../api/client'
import { useWords } from '../i18n'
import '../styles/states.css'

interface TroubleProps {
  className?: string
  title: string
  text: string
  action: string
  act: () => void
}

/** What happened and what can be done, in a frame of the page's own: it stands where no component could be loaded. */
export function Trouble({ className = '', title, text, action, act }: TroubleProps) {
  return (
    <div className={`state trouble ${className}`} role="alert">
      <div>
        <strong>{title}</strong>
        <p>{text}</p>
      </div>
      <button type="button" className="push" onClick={act}>
        {action}
      </button>
    </div>
  )
}

/** What went wrong and what to do about it. With `told` the server's own words stand for ours where it gave a reason. */
export function Failure({ error, retry, told }: { error: Error; retry: () => void; told?: boolean }) {
  const w = useWords()
  const kind = error instanceof ApiError ? error.kind : 'broken'
  const state = kind === 'unreachable' ? 'offline' : kind
  const reason = told && kind === 'refused' && error instanceof ApiError ? error.problem?.detail : null
  return (
    <Trouble
      className={state === 'missing' ? 'warns' : ''}
      title={w.t(`state.${state}.title`)}
      text={reason ?? w.t(`state.${state}.text`)}
      action={w.t(kind === 'forbidden' ? 'state.forbidden.act' : 'retry')}
      act={kind === 'forbidden' ? home : retry}
    />
  )
}

/** To the first page of one's role: what a role may not see is not to be had by asking again. */
function home() {
  location.hash = ''
}

export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <section className="card state">
      <h2>{title}</h2>
      <p className="muted">{text}</p>
    </section>
  )
}

const LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']

export function Loading() {
  const w = useWords()
  return (
    <section className="card state skeleton" role="status" aria-label={w.t('loading')}>
      {LINES.map((line) => (
        <i key={line} />
      ))}
    </section>
  )
}
