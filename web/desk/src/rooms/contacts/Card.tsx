import { Button } from 'antd'
import { useId, useState } from 'react'
import { type ContactCard, contacts } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { CaseNamed } from '../cases/CaseNamed'
import { useTerms } from '../cases/terms'
import { Acts } from './Acts'
import { Days } from './Board'
import { Words } from './Proposals'
import { useSpoken } from './words'

/** One contact: how exposed, observed until when, seen how often, and all that is on record. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const field = useId()
  const [asOf, setAsOf] = useState<string | null>(null)
  const found = useResource(
    `contact|${id}|${asOf}`,
    (signal) => contacts.card(id, asOf ? { as_of: asOf } : {}, signal),
    'keep',
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <h1>{card.contact.number ?? w.t('contacts.who', { id: card.contact.contact.slice(-6) })}</h1>
        <div className="pick inline">
          <label htmlFor={field}>{w.t('card.asof')}</label>
          <TimeField id={field} value={asOf} onChange={setAsOf} />
          {asOf && <Button onClick={() => setAsOf(null)}>{w.t('card.asof.now')}</Button>}
        </div>
      </div>
      <Summary card={card} />
      {!asOf && <Acts card={card} done={found.retry} />}
      <section className="card">
        <header>
          <h2>{w.t('card.grid')}</h2>
          <p className="muted">
            {w.t('card.seen', { due: w.n(card.slots_due), seen: w.n(card.slots_seen) })}{' '}
            {card.slots_late > 0 && <span className="tag warns">{w.t('card.late', { n: w.n(card.slots_late) })}</span>}
          </p>
        </header>
        <Days days={card.days} />
      </section>
      <Exposures card={card} />
      {card.faults.length > 0 && (
        <section className="card">
          <h2>{w.t('card.faults')}</h2>
          <ul>
            {card.faults.map((f) => (
              <li key={f.fact} className="fault">
                {w.name(f)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Timeline card={card} past={asOf !== null} done={found.retry} />
    </>
  )
}

function Summary({ card }: { card: ContactCard }) {
  const w = useSpoken()
  const { contact: c } = card
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{w.t('card.status')}</dt>
          <dd>
            <span className="tag">{w.t(`status.${c.status}`)}</span>
            {c.close && <span className="tag">{w.t(`close.${c.close}`)}</span>}
            {c.reason && <span className="muted"> {w.t(`reason.${c.reason}`)}</span>}
          </dd>
        </div>
        <div>
          <dt>{w.t('list.last')}</dt>
          <dd>{w.day(c.last_exposed)}</dd>
        </div>
        <div>
          <dt>{w.t('list.due')}</dt>
          <dd>
            {c.due ? w.day(c.due) : '—'} <span className="muted">{c.edition}</span>
          </dd>
        </div>
        {c.release_from && (
          <div>
            <dt>{w.t('card.release')}</dt>
            <dd>{w.stamp(c.release_from)}</dd>
          </div>
        )}
        <div>
          <dt>{w.t('list.area')}</dt>
          <dd>
            <AreaName code={c.area} />
          </dd>
        </div>
        {c.case && (
          <div>
            <dt>{w.t('card.case')}</dt>
            <dd>
              <CaseNamed id={c.case} />
            </dd>
          </div>
        )}
        {c.person && (
          <div>
            <dt>{w.t('card.person')}</dt>
            <dd>
              <a href={pathOf({ room: 'person', id: c.person })}>{c.person.slice(-6)}</a>
            </dd>
          </div>
        )}
      </dl>
      {card.proposals.length > 0 && (
        <div className="sight">
          <strong>{w.t('card.proposals')}</strong>
          <Words of={card.proposals} />
        </div>
      )}
    </section>
  )
}

function Exposures({ card }: { card: ContactCard }) {
  const w = useSpoken()
  const { term } = useTerms()
  return (
    <section className="card">
      <h2>{w.t('card.exposures')}</h2>
      <Grid
        label={w.t('card.exposures')}
        rows={card.exposures}
        keyOf={(e) => e.fact}
        columns={[
          {
            key: 'source',
            title: w.t('card.source'),
            head: true,
            cell: (e) =>
              e.source ? (
                <>
                  <a href={pathOf({ room: 'case', id: e.source.case })}>{e.source.number ?? e.source.case.slice(-6)}</a>{' '}
                  <span className="muted">{term('case_class', e.source.as_class)}</span>
                  {e.source.outside_window && <span className="tag warns">{w.t('card.outside')}</span>}
                </>
              ) : (
                w.t('card.source.none')
              ),
          },
          { key: 'last', title: w.t('list.last'), cell: (e) => w.day(e.exposure.last) },
          {
            key: 'setting',
            title: w.t('list.setting'),
            cell: (e) =>
              [term('exposure_setting', e.exposure.setting), e.exposure.conveyance].filter(Boolean).join(' · '),
          },
          {
            key: 'closeness',
            title: w.t('new.closeness'),
            cell: (e) => (
              <>
                {(e.exposure.closeness ?? []).map((c) => term('closeness', c)).join(' · ')}
                {e.exposure.protected && <span className="tag">{w.t('card.protected')}</span>}
              </>
            ),
          },
          { key: 'relation', title: w.t('new.relation'), cell: (e) => term('relation', e.exposure.relation) },
          { key: 'certainty', title: w.t('new.certainty'), cell: (e) => term('certainty', e.exposure.certainty) },
        ]}
      />
    </section>
  )
}

/** Everything on record of the contact, the newest first; checks, which stand in the grid above, wait folded. */
function Timeline({ card, past, done }: { card: ContactCard; past: boolean; done: () => void }) {
  const w = useSpoken()
  const facts = [...card.timeline].reverse()
  const checks = facts.filter((f) => f.kind === 'contact.checked')
  const list = (shown: Fact[]) => (
    <ol className="timeline">
      {shown.map((f) => (
        <Entry key={f.id} fact={f} card={card} past={past} done={done} />
      ))}
    </ol>
  )
  return (
    <section className="card">
      <h2>{w.t('card.timeline')}</h2>
      {list(facts.filter((f) => f.kind !== 'contact.checked'))}
      {checks.length > 0 && (
        <details>
          <summary>{w.t('card.checks', { n: w.n(checks.length) })}</summary>
          {list(checks)}
        </details>
      )}
    </section>
  )
}

type Fact = ContactCard['timeline'][number]
const WHYS = ['mistaken', 'duplicate'] as const

function Entry({ fact, card, past, done }: { fact: Fact; card: ContactCard; past: boolean; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const kind = w.t(`kind.${fact.kind}` as 'kind.contact.exposed')
  const undoes = !past && fact.stands && fact.kind !== 'record.retracted' && may('contacts.trace')
  return (
    <li className={fact.stands ? undefined : 'gone'}>
      <p>
        <strong>{kind}</strong> <time dateTime={fact.observed_at}>{w.stamp(fact.observed_at)}</time>
        {!fact.stands && <span className="tag disabled">{w.t('card.gone')}</span>}
      </p>
      <p className="muted small">
        {w.t('card.known', { at: w.stamp(fact.received_at), by: card.names[fact.author] ?? fact.author })}
      </p>
      {undoes && (
        <div className="actions small-actions">
          <Undo
            what={`${kind} ${w.stamp(fact.observed_at)}`}
            whys={WHYS}
            take={(why) => contacts.act(card.contact.contact, 'retract', { fact: fact.id, why })}
            done={done}
          />
        </div>
      )}
    </li>
  )
}
