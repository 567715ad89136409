import { ApiError } from '../../../desk/src/api/client'
import type { Words } from '../i18n'
import { Another } from '../sync/server'

/** An error of setting up or signing in, in words. */
export function told(error: unknown, w: Words): string {
  if (error instanceof ApiError && error.kind === 'unreachable') return w.t('setup.offline')
  return error instanceof Error ? error.message : String(error)
}

/** Why a sync broke off, in words; always with what became of the records. */
export function syncTold(error: unknown, name: string, w: Words): string | null {
  if (!error) return null
  if (!navigator.onLine) return w.t('out.offline')
  if (error instanceof Another) return w.t('out.another', { name })
  if (!(error instanceof ApiError)) return w.t('out.broken')
  switch (error.kind) {
    case 'unreachable':
      return w.t('out.unreachable')
    case 'signed_out':
      return w.t('out.signed_out')
    case 'too_many':
      return w.t('out.too_many', { seconds: error.retryAfter ?? 60 })
    case 'forbidden':
    case 'refused':
    case 'missing':
      return w.t('out.forbidden', { detail: error.message })
    default:
      return w.t('out.broken')
  }
}
