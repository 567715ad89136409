import type { Situation } from '../api/types'
import { useWords } from '../i18n'
import { usePrinting } from '../look'
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
      <Printed />
    </footer>
  )
}

/** On paper: where the page comes from, and when it was printed. */
function Printed() {
  const w = useWords()
  const printing = usePrinting()
  if (!printing) return null
  const page = `${location.origin}${location.pathname}${location.hash.replace(/\?.*$/, '')}`
  return <span className="printed">{w.t('footer.printed', { page, at: w.stamp(new Date().toISOString()) })}</span>
}
