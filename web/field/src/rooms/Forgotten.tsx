import { useState } from 'react'
import { useWords } from '../i18n'
import type { FieldDb } from '../store/db'
import { destroy } from '../store/phone'
import { Sure } from './Sure'

/** The one way on without the PIN: to begin anew. */
export default function Forgotten({ db, done }: { db: FieldDb; done: (phone: 'new') => void }) {
  const w = useWords()
  const [n, setN] = useState<number | null>(null)
  if (n === null)
    db.outbox
      .where('state')
      .notEqual('sent')
      .count()
      .then(setN, () => setN(0))
  return (
    <section>
      <p>{w.t('pin.forgotten.text')}</p>
      <Sure
        danger
        button={w.t('pin.wipe')}
        asked={w.t('pin.wipe.sure', { n: n ?? 0 })}
        yes={w.t('pin.wipe')}
        act={async () => {
          await destroy(db)
          await db.open()
          done('new')
        }}
      />
    </section>
  )
}
