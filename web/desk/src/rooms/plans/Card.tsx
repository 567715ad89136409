import { Button } from 'antd'
import { useState } from 'react'
import { type Activated, type Activation, type PlanCard, plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Said } from './Said'
import { titled } from './titled'
import { useSpoken } from './words'

type Version = PlanCard['versions'][number]
type Doing = Activation['checklists'][number]['tasks'][number]

/** A plan: what it asks of whom, and where that stands wherever it was activated. */
export function Card({ id }: { id: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`plan|${id}`, (signal) => plans.card(id, signal), 'keep')
  const { busy, error, run } = useAct()
  const [said, setSaid] = useState<Activated | null>(null)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  const shown = card.versions.find((one) => one.fact === card.current) ?? card.versions[0]
  if (!shown) return null
  const activate = () =>
    run(async () => {
      setSaid(await plans.activate(card.id))
      found.retry()
    })
  return (
    <>
      <div className="heading">
        <p>
          <a href={`#plans?show=library&area=${card.area}`}>{w.t('card.back')}</a>
        </p>
        <h1>{w.name(titled(shown))}</h1>
        <p className="muted">
          <AreaName code={card.area} /> · {of(shown, w)}
        </p>
      </div>
      {may('plans.manage') && (
        <section className="card" aria-label={w.t('card.activate')}>
          <Told error={error} />
          <Button type="primary" loading={busy} onClick={activate} disabled={!card.current}>
            {w.t('card.activate')}
          </Button>{' '}
          {!card.current && <span className="tag fails">{w.t('lib.over')}</span>}
          <div role="status">{said && <Said of={said} />}</div>
        </section>
      )}
      {card.activations.length === 0 && <p className="muted card">{w.t('card.never')}</p>}
      {card.activations.map((one, number) => (
        <Active key={one.id} of={one} open={number === 0} />
      ))}
      <Items of={shown} />
      {card.versions.length > 1 && (
        <section className="card" aria-label={w.t('card.versions')}>
          <h2>{w.t('card.versions')}</h2>
          <ul>
            {card.versions.map((one) => (
              <li key={one.fact}>
                {w.name(titled(one))} · {of(one, w)}
                {one.fact === card.current && <b className="tag active"> {w.t('lib.current')}</b>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function of(one: Version, w: ReturnType<typeof useSpoken>): string {
  const { issuer, doc_no: doc, edition } = one
  return w.t('card.of', { issuer, doc, edition, first: w.day(one.first), last: w.day(one.last) })
}

function Items({ of }: { of: Version }) {
  const w = useSpoken()
  const units = new Map(of.units.map((one) => [one.code, w.name(titled(one))]))
  return (
    <section className="card" aria-label={w.t('card.items')}>
      <h2>{w.t('card.items')}</h2>
      <Grid
        label={w.t('card.items')}
        rows={of.items}
        keyOf={(one) => one.code}
        columns={[
          { key: 'item', title: w.t('card.item'), head: true, cell: (one) => w.name(titled(one)) },
          {
            key: 'units',
            title: w.t('lib.units'),
            cell: (one) => one.units.map((code) => units.get(code)).join(w.t('list.comma')),
          },
          { key: 'due', title: w.t('card.due'), cell: (one) => w.t('card.hours', { n: w.n(one.due_h) }) },
          {
            key: 'levels',
            title: w.t('card.levels'),
            cell: (one) => one.levels.map((code) => w.t('card.level', { level: code })).join(w.t('list.comma')),
          },
        ]}
      />
    </section>
  )
}

function Active({ of, open }: { of: Activation; open: boolean }) {
  const w = useSpoken()
  const title = w.t('card.activation', { level: w.t(`level.${of.level}`), at: w.stamp(of.at) })
  const rows = of.checklists.flatMap((its) => its.tasks.map((task) => ({ task, unit: its.unit, key: its.id })))
  return (
    <section className="card" aria-label={title}>
      <details open={open}>
        <summary>
          <b>{title}</b> {of.until && <span className="muted">{w.t('card.until', { at: w.stamp(of.until) })}</span>}{' '}
          {of.known > 0 && <span>{w.t('card.done', { done: w.n(of.done), known: w.n(of.known) })}</span>}{' '}
          {of.late > 0 && <span className="tag fails">{w.t('card.late', { n: w.n(of.late) })}</span>}
        </summary>
        {of.known < of.total && <p className="muted">{w.t('card.unseen', { n: w.n(of.total - of.known) })}</p>}
        <p className="muted small">
          {w.t('card.declared')} <AreaName code={of.declared_for} />
        </p>
        <Grid
          label={title}
          rows={rows}
          keyOf={(one) => `${one.key}${one.task.item}`}
          columns={[
            { key: 'unit', title: w.t('card.unit'), cell: (one) => w.name(titled(one.unit)) },
            { key: 'task', title: w.t('card.task'), head: true, cell: (one) => w.name(titled(one.task)) },
            { key: 'due', title: w.t('card.deadline'), cell: (one) => w.stamp(one.task.due) },
            { key: 'state', title: w.t('card.progress'), cell: (one) => <Progress of={one.task} /> },
            {
              key: 'who',
              title: w.t('card.who'),
              cell: (one) =>
                one.task.assignee || (
                  <span className="null">{w.t(one.task.assignee === null ? 'card.unknown' : 'card.nobody')}</span>
                ),
            },
          ]}
        />
      </details>
    </section>
  )
}

function Progress({ of }: { of: Doing }) {
  const w = useSpoken()
  if (!of.state) return <span className="null">{w.t('card.unknown')}</span>
  const sign = { late: 'fails', missed: 'fails', done: 'active', done_late: 'warns' }[of.state as string] ?? ''
  return (
    <>
      <span className={`tag ${sign}`}>{w.t(`state.${of.state}`)}</span>
      {of.done_at && <span className="block small muted">{w.stamp(of.done_at)}</span>}
    </>
  )
}
