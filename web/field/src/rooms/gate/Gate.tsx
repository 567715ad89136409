import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { go } from '../../route'
import { allDrafts } from '../../store/drafts'
import { HELD, isStop, SCREENED, type Stop, unmet } from '../../store/gate'
import { type Listed, listed } from '../../store/outbox'
import { Choice } from '../parts'
import { usePost } from './usePost'

/** The post: what is on, who is held, which vehicles stand there, how many were met. */
export default function Gate() {
  const w = useWords()
  const { bundle, said } = useField()
  const at = usePost()
  const { stops, waiting } = useHere(at?.post.id)
  if (!bundle) return <p className="empty">{w.t('list.empty')}</p>
  if (!at) return <p className="empty">{w.t('gate.nopost')}</p>
  const { post, gate } = at
  const met = post.tally.met + waiting.filter((one) => one.fact.kind === SCREENED.kind).length
  const held = waiting.filter((one) => one.fact.kind === HELD.kind)
  const known = gate.held.filter((one) => one.post === post.id && !held.some((own) => own.fact.subject === one.id))
  return (
    <main className="home gate">
      <h1>{post.name}</h1>
      {said && (
        <p className="saved" role="status">
          {said}
        </p>
      )}
      {gate.posts.length > 1 && (
        <Choice
          legend={w.t('gate.which')}
          options={gate.posts.map((one) => ({ value: one.id, label: one.name }))}
          value={post.id}
          onChange={at.choose}
        />
      )}
      <p className="muted">
        {post.shift
          ? w.t('gate.shift', { from: w.time(Date.parse(post.shift.begins)), to: w.time(Date.parse(post.shift.ends)) })
          : w.t('gate.noshift')}
      </p>
      <p className="progress-text">{w.t('gate.tally', { met, since: w.time(Date.parse(post.since)) })}</p>
      <Button block color="primary" size="large" onClick={() => go('pass')}>
        {w.t('gate.passer')}
      </Button>
      <Button block fill="outline" color="primary" size="large" onClick={() => go('stop')}>
        {w.t('gate.vehicle')}
      </Button>
      {stops.length > 0 && (
        <section>
          <h2>{w.t('gate.standing')}</h2>
          <ul className="households">
            {stops.map((stop) => (
              <li key={stop.vehicle}>
                <a href={`#/stop/${stop.vehicle}`}>
                  <strong>{stop.plate}</strong>
                  <small>{w.t('gate.met', { met: stop.occupants - unmet(stop), all: stop.occupants })}</small>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {held.length + known.length > 0 && (
        <section className="held" aria-label={w.t('gate.held')}>
          <h2>{w.t('gate.held')}</h2>
          <p className="wrong">{w.t('gate.held.text')}</p>
          <ul className="met">
            {held.map(({ fact, state }) => (
              <li key={fact.id}>
                {w.t(`gate.reason.${fact.data.reason as 'answer'}`)}
                <em className="tag waiting">{w.t(state === 'waiting' ? 'state.waiting' : 'gate.told')}</em>
              </li>
            ))}
            {known.map((one) => (
              <li key={one.id}>
                {w.t(`gate.reason.${one.reason as 'answer'}`)} {one.temp_c !== null && `${one.temp_c.toFixed(1)} ℃`}
                <em className="tag">
                  {w.t(one.transferred ? 'gate.moved' : one.taken_up ? 'gate.taken' : 'gate.told')}
                </em>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Button block fill="outline" onClick={() => go('count')}>
        {w.t('gate.count')}
      </Button>
    </main>
  )
}

/** The vehicles that stand at a post, and what of it is not on the server's list yet. */
function useHere(post: string | undefined): { stops: Stop[]; waiting: Listed[] } {
  const { phone, counts } = useField()
  const [here, setHere] = useState<{ stops: Stop[]; waiting: Listed[] }>({ stops: [], waiting: [] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when anything was saved or sent
  useEffect(() => {
    const read = async () => {
      const drafts = (await allDrafts<Stop>(phone)).filter((one) => isStop(one.subject)).map((one) => one.value)
      const items = await listed(phone, ['waiting', 'sent', 'behind', 'handed'])
      setHere({ stops: drafts.filter((one) => one.post === post), waiting: items })
    }
    read().catch(() => undefined)
  }, [phone, counts, post])
  return here
}
