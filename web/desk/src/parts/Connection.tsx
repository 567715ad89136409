import { useEffect, useState, useSyncExternalStore } from 'react'
import { connection } from '../api/connection'
import { useWords } from '../i18n'
import { clock } from '../moments'
import '../styles/connection.css'

/** A server that starts anew is back within this: nobody needs to be told. */
const PATIENCE_MS = 2_000

/** Says that there is no connection, since when, and as of when all else is; nothing while there is one. */
export function Connection() {
  const w = useWords()
  const { lostAt, heardAt } = useSyncExternalStore(connection.subscribe, connection.now)
  const [told, setTold] = useState<number | null>(null)
  useEffect(() => {
    if (lostAt === null) return
    const timer = setTimeout(() => setTold(lostAt), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [lostAt])
  const at = (ms: number) => clock(new Date(ms).toISOString())
  return (
    <div className="connection" role="status">
      {lostAt !== null && told === lostAt && (
        <p>
          {w.t('connection.lost', { since: at(lostAt), as_of: at(heardAt) })}
          <button type="button" onClick={connection.again}>
            {w.t('retry')}
          </button>
        </p>
      )}
    </div>
  )
}
