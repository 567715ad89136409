import { useId } from 'react'
import { type CaseCard, cases, contactsOf, linksOf } from '../../api/cases'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { CaseLink } from './cells'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** Who may have infected the case, whom it may have infected, and its contacts. */
export function Neighbours({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{w.t('near.title')}</h2>
      <Links card={card} />
      <Contacts card={card} />
    </section>
  )
}

function Links({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { term } = useTerms()
  const found = useResource(`links|${card.case}|${card.latest}`, async (signal) => {
    const graph = await linksOf(card, signal)
    const edges = graph.edges.filter((e) => e.infector === card.case || e.infectee === card.case)
    const ids = edges.map((e) => (e.infector === card.case ? e.infectee : e.infector))
    const where = { subject: { any_of: [...new Set(ids)].slice(0, 200) } }
    const named = ids.length ? (await cases.list({ where, columns: ['number'], limit: 200 }, signal)).cases : []
    return { node: graph.nodes.find((n) => n.id === card.case), edges, named }
  })
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { node, edges, named } = found.data
  const number = (id: string) => named.find((c) => c.subject === id)?.number
  const circle = edges.filter((e) => e.circular)
  const called = (id: string) => (id === card.case ? (card.number ?? undefined) : number(id))
  const list = (its: typeof edges, end: 'infector' | 'infectee') =>
    its.length ? (
      its.map((e) => (
        <span key={e.fact} className="of-list">
          <CaseLink id={e[end]} number={number(e[end])} />{' '}
          <span className="muted">
            {[term('certainty', e.certainty), e.setting && term('exposure_setting', e.setting)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ))
    ) : (
      <span className="null">{w.t('near.none')}</span>
    )
  return (
    <dl className="facts">
      <div>
        <dt>{w.t('near.generation')}</dt>
        <dd>
          {node?.generation ? (
            w.t('near.generation.n', { n: w.n(node.generation) })
          ) : (
            <span className="null">{w.t('not_known')}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{w.t('near.infectors')}</dt>
        <dd>
          {list(
            edges.filter((e) => e.infectee === card.case && !e.circular),
            'infector',
          )}
        </dd>
      </div>
      <div>
        <dt>{w.t('near.infected')}</dt>
        <dd>
          {list(
            edges.filter((e) => e.infector === card.case && !e.circular),
            'infectee',
          )}
        </dd>
      </div>
      {circle.length > 0 && (
        <div className="wide">
          <dt className="fault">{w.t('near.circle')}</dt>
          <dd>
            {circle.map((e) => (
              <span key={e.fact} className="of-list">
                <CaseLink id={e.infector} number={called(e.infector)} /> →{' '}
                <CaseLink id={e.infectee} number={called(e.infectee)} />
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  )
}

function Contacts({ card }: { card: CaseCard }) {
  const w = useSpoken()
  const { term } = useTerms()
  const found = useResource(`contacts|${card.case}|${card.latest}`, async (signal) => {
    const [its, before] = await Promise.all([
      contactsOf({ source: card.case }, signal),
      contactsOf({ case: card.case }, signal),
    ])
    return { its, before: before.contacts[0] }
  })
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { its, before } = found.data
  return (
    <>
      {before && (
        <p>
          {w.t('near.was_contact')}{' '}
          <a href={pathOf({ room: 'contact', id: before.contact })}>{w.t('near.open_contact')}</a>
        </p>
      )}
      <h3>{w.t('near.contacts', { n: w.n(its.total) })}</h3>
      {its.contacts.length > 0 && (
        <Grid
          label={w.t('near.contacts', { n: w.n(its.total) })}
          rows={its.contacts}
          keyOf={(c) => c.contact}
          columns={[
            {
              key: 'contact',
              title: w.t('near.contact'),
              head: true,
              cell: (c) => <a href={pathOf({ room: 'contact', id: c.contact })}>{c.number ?? c.contact.slice(0, 8)}</a>,
            },
            { key: 'status', title: w.t('near.status'), cell: (c) => w.t(`status.${c.status}` as 'status.observing') },
            {
              key: 'setting',
              title: w.t('near.setting'),
              cell: (c) => c.settings.map((s) => term('exposure_setting', s)).join(w.lang === 'zh' ? '、' : ', '),
            },
            { key: 'last', title: w.t('near.last'), cell: (c) => w.day(c.last_exposed) },
            { key: 'due', title: w.t('near.due'), cell: (c) => c.due && w.day(c.due) },
          ]}
        />
      )}
      {its.total > its.contacts.length && (
        <p>
          <a href={`#contacts?source=${card.case}`}>{w.t('near.all', { n: w.n(its.total) })}</a>
        </p>
      )}
    </>
  )
}
