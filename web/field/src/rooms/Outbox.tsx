import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { ApiError } from '../../../desk/src/api/client'
import { useField } from '../field'
import { useWords } from '../i18n'
import { go } from '../route'
import { fetchedAt } from '../store/bundle'
import { drop, type Listed, listed, move } from '../store/outbox'
import { amendPerson, type NewPerson, refusedValue } from '../store/people'
import { routeOf } from '../sync/own'
import { Another } from '../sync/server'
import { TextField } from './parts'
import { syncTold } from './told'

const LONGEST = 40
/** Kinds of fact whose subject is a household. */
const AT_DOORS = /^(visit|household)\./

/** What waits, and that it is safe; what a person must decide; the way to another phone. */
export default function Outbox() {
  const w = useWords()
  const { phone, counts, photos, unkept, sync, syncNow, refresh } = useField()
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
      {unkept.map((one) => (
        <Unkept key={one.id} of={one} />
      ))}
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

/** A telephone, plate or name that the vault could not take: corrected, or left out. */
function Unkept({ of }: { of: NewPerson }) {
  const w = useWords()
  const { phone, refresh, syncNow } = useField()
  const [value, setValue] = useState(refusedValue(of))
  const [refusal] = of.refused ?? []
  if (!refusal) return null
  const field = /^(phones|documents)/.exec(refusal.field)?.[1] ?? 'name'
  const settle = async (its: string) => {
    await amendPerson(phone, of, its)
    await refresh()
    await syncNow()
  }
  return (
    <section className="decide">
      <h2>{w.t(`unkept.${field as 'phones'}`)}</h2>
      <p>{w.t('decide.reason', { reason: w.name(refusal) })}</p>
      <TextField label={w.t(`unkept.${field as 'phones'}`)} value={value} onChange={setValue} most={LONGEST} />
      <Button block color="primary" disabled={!value.trim()} onClick={() => settle(value)}>
        {w.t('unkept.again')}
      </Button>
      {field !== 'name' && (
        <Button block fill="outline" onClick={() => settle('')}>
          {w.t('unkept.leave')}
        </Button>
      )}
    </section>
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
          {!routeOf(item.fact) && <p className="muted">{w.t('decide.kept')}</p>}
          <Button block color="primary" onClick={() => leave(item).then(() => again(item))}>
            {w.t(AT_DOORS.test(item.fact.kind) ? 'decide.again' : 'decide.again.other')}
          </Button>
          <Button block fill="outline" onClick={() => leave(item)}>
            {w.t(routeOf(item.fact) ? 'decide.drop' : 'decide.leave')}
          </Button>
        </article>
      ))}
    </section>
  )
}
