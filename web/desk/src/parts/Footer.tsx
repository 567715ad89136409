import type { Situation } from '../api/types'
import { useWords } from '../i18n'
import { useSession } from '../session'

export function Footer({ situation }: { situation: Situation | null }) {
  const w = useWords()
  const { session } = useSession()
  return (
    <footer>
      <span>{w.t('app.name')}</span>
      {session && <span>{w.t('footer.version', { version: session.version })}</span>}
      {situation && (
        <span className="mono">
          {w.t('footer.record', { seq: w.n(situation.seq), chain: situation.chain.slice(0, 16) })}
        </span>
      )}
      <span>{w.t('footer.licence')}</span>
    </footer>
  )
}
