import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { ApiError } from '../../../desk/src/api/client'
import { useField } from '../field'
import { useWords } from '../i18n'
import { go } from '../route'
import { fetchedAt } from '../store/bundle'
import { drop, type Listed, listed, move } from '../store/outbox'
import { Another } from '../sync/server'
import { syncTold } from './told'

/** Kinds of fact whose subject is a household. */
const AT_DOORS = /^(visit|household)\./

/** What waits, and that it is safe; what a person must decide; the way to another phone. */
export default function Outbox() {
  const w = useWords()
  const { phone, counts, photos, sync, syncNow, refresh } = useField()
  const [listAt, setListAt] = useState<number>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew after each sync
  useEffect(() => {
    fetchedAt(phone).then(setListAt)
  }, [phone, sync.last])
  const signIn = sync.error instanceof Another || (sync.error instanceof ApiError && sync.error.kind === 'signed_out')
  const takeBack = async () => {
    await move(phone, 'handed', 'waiting')
    await refresh()
    await syncNow()
  }
  return (
    <main className="outbox">
      <h1 className="unseen">{w.t('out.title')}</h1>
      <p className={`safe ${counts.waiting ? 'waiting' : ''}`} role="status">
        {counts.waiting ? w.t('out.safe', { n: counts.waiting }) : w.t('out.none')}
      </p>
      <Button block color="primary" size="large" loading={sync.busy} onClick={syncNow}>
        {w.t('out.sync')}
      </Button>
      {sync.busy && <p role="status">{w.t('out.syncing', { done: sync.done })}</p>}
      {!sync.busy && Boolean(sync.error) && <p className="wrong">{syncTold(sync.error, phone.who.name, w)}</p>}
      {signIn && !sync.busy && (
        <a className="button" href="#/more">
          {w.t('out.signin')}
        </a>
      )}
      <p className="muted">
        {sync.last ? w.t('out.last', { time: w.time(sync.last) }) : w.t('out.never')}
        {listAt ? ` · ${w.t('out.list', { time: w.time(listAt) })}` : ''}
      </p>
      {photos > 0 && <p className="notice">{w.t('out.photos', { n: photos })}</p>}
      {counts.behind > 0 && <p className="notice">{w.t('out.behind', { n: counts.behind })}</p>}
      {counts.handed > 0 && (
        <p className="notice">
          {w.t('out.handed', { n: counts.handed })}{' '}
          <button type="button" className="link" onClick={takeBack}>
            {w.t('out.handed.back')}
          </button>
        </p>
      )}
      {counts.aside > 0 && <Decide />}
      <section className="ways">
        <Button block fill="outline" onClick={() => go('give')}>
          {w.t('out.give')}
        </Button>
        <Button block fill="outline" onClick={() => go('take')}>
          {w.t('out.take')}
        </Button>
      </section>
    </main>
  )
}

/** What the server could not take into the record. Nothing else of the sync needs a person. */
function Decide() {
  const w = useWords()
  const { phone, counts, refresh } = useField()
  const [items, setItems] = useState<Listed[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when their number changes
  useEffect(() => {
    listed(phone, ['aside']).then(setItems)
  }, [phone, counts.aside])
  const again = ({ fact }: Listed) => {
    if (AT_DOORS.test(fact.kind)) go('visit', fact.subject)
    else go(fact.kind.startsWith('task.') ? 'tasks' : '')
  }
  const leave = async (item: Listed) => {
    await drop(phone, item.fact.id)
    await refresh()
  }
  return (
    <section className="decide">
      <h2>{w.t('decide.title')}</h2>
      <p className="muted">{w.t('decide.text')}</p>
      {items.map((item) => (
        <article key={item.fact.id}>
          <h3>{item.label}</h3>
          <p>{w.t('decide.reason', { reason: item.reason ?? '' })}</p>
          <Button block color="primary" onClick={() => leave(item).then(() => again(item))}>
            {w.t(AT_DOORS.test(item.fact.kind) ? 'decide.again' : 'decide.again.other')}
          </Button>
          <Button block fill="outline" onClick={() => leave(item)}>
            {w.t('decide.leave')}
          </Button>
        </article>
      ))}
    </section>
  )
}
