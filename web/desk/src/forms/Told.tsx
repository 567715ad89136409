import { Alert } from 'antd'
import { ApiError } from '../api/client'
import { useWords } from '../i18n'

/** What the server said: of each field, where it went through them, else of the whole. */
function wordsOf({ problem }: ApiError): string | undefined {
  const told = problem?.errors.map((one) => one.msg).filter((msg): msg is string => typeof msg === 'string') ?? []
  return told.length ? told.join(' ') : problem?.detail
}

/** Why what was asked for was not done, above the button that asked. */
export function Told({ error }: { error: unknown }) {
  const w = useWords()
  if (!error) return null
  const known = error instanceof ApiError ? error : new ApiError('broken')
  const state = known.kind === 'unreachable' ? 'offline' : known.kind
  const said = wordsOf(known)
  return (
    <Alert
      className="told"
      type="error"
      showIcon
      role="alert"
      title={w.t(`state.${state}.title`)}
      description={
        <>
          {said && known.kind !== 'broken'
            ? said
            : w.t(state === 'offline' ? 'state.offline.kept' : `state.${state}.text`)}
          {known.retryAfter && <> {w.t('state.wait', { n: w.n(known.retryAfter) })}</>}
        </>
      }
    />
  )
}
