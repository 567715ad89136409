import type { Session, Situation } from '../api/types'
import { useWords } from '../i18n'

export function Footer({ session, situation }: { session: Session | null; situation: Situation | null }) {
  const w = useWords()
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
