import { Alert } from 'antd'
import { ApiError } from '../api/client'
import { useWords } from '../i18n'
import { untold } from './refusals'

/** Why what was asked for was not done, above the button that asked; what stands at its field is not said again. */
export function Told({ error }: { error: unknown }) {
  const w = useWords()
  if (!error) return null
  const known = error instanceof ApiError ? error : new ApiError('broken')
  const state = known.kind === 'unreachable' ? 'offline' : known.kind
  const left = untold(known)
  if (left?.length === 0) return null
  const said = left?.join(' ') ?? known.problem?.detail
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
