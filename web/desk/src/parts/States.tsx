import { Alert, Button, Skeleton } from 'antd'
import { ApiError } from '../api/client'
import { type Key, useWords } from '../i18n'

/** What went wrong and what to do about it. */
export function Failure({ error, retry }: { error: Error; retry: () => void }) {
  const w = useWords()
  const kind = error instanceof ApiError ? error.kind : 'broken'
  const state = kind === 'unreachable' ? 'offline' : kind
  return (
    <Alert
      className="state"
      type={state === 'missing' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={w.t(`state.${state}.title`)}
      description={w.t(`state.${state}.text`)}
      action={<Button onClick={retry}>{w.t('retry')}</Button>}
    />
  )
}

export function Empty({ title, text }: { title: Key; text: Key }) {
  const w = useWords()
  return (
    <section className="card state">
      <h2>{w.t(title)}</h2>
      <p className="muted">{w.t(text)}</p>
    </section>
  )
}

export function Loading() {
  const w = useWords()
  return (
    <section className="card state" role="status" aria-label={w.t('loading')}>
      <Skeleton active paragraph={{ rows: 8 }} />
    </section>
  )
}
