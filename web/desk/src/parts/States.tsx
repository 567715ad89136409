import { Alert, Button, Skeleton } from 'antd'
import { ApiError } from '../api/client'
import { useWords } from '../i18n'

/** What went wrong and what to do about it. With `told` the server's own words stand for ours where it gave a reason. */
export function Failure({ error, retry, told }: { error: Error; retry: () => void; told?: boolean }) {
  const w = useWords()
  const kind = error instanceof ApiError ? error.kind : 'broken'
  const state = kind === 'unreachable' ? 'offline' : kind
  const reason = told && kind === 'refused' && error instanceof ApiError ? error.problem?.detail : null
  return (
    <Alert
      className="state"
      type={state === 'missing' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={w.t(`state.${state}.title`)}
      description={reason ?? w.t(`state.${state}.text`)}
      action={<Button onClick={retry}>{w.t('retry')}</Button>}
    />
  )
}

export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <section className="card state">
      <h2>{title}</h2>
      <p className="muted">{text}</p>
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
