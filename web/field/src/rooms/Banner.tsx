import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { Session } from '../../../desk/src/api/types'
import { useWords } from '../i18n'
import { type FieldDb, kept } from '../store/db'

/** Stands above every screen where the server, when it was met last, said that this is a drill. */
export function Banner({ db }: { db: FieldDb }) {
  const w = useWords()
  const [drill, know] = useState<Session['drill']>(null)
  useEffect(() => {
    const looking = liveQuery(() => kept<Session['drill']>(db, 'drill')).subscribe((told) => know(told ?? null))
    return () => looking.unsubscribe()
  }, [db])
  if (!drill) return null
  const { area_zh: zh, area_en: en, day, days, seed } = drill
  return (
    <p className="of-drill" role="note">
      {w.t('drill', { area: w.name({ zh, en }), day, days, seed })}
    </p>
  )
}
