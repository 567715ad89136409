import { useState } from 'react'
import { type Item, type Making, type Producer, type Producers as Board, production } from '../../api/production'
import { useResource } from '../../api/resource'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { ProducerActs } from './ProducerActs'
import { ProducerNew } from './ProducerNew'
import { useProduction } from './production'
import { type Recorded, Undo } from './Undo'

const WORKING = { full: 'active', part: '', stopped: 'fails' } as const

/** Which producers are back at work, what they make, and what they lack of what is asked of them. */
export function Producers({ area }: { area: string }) {
  const w = useProduction()
  const { may } = useSession()
  const [last, setLast] = useState<Recorded | null>(null)
  const found = useResource(`producers|${area}`, (signal) => production.producers(area, '', signal), 'keep', [
    'supplies',
  ])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  const items = new Map(of.items.map((one) => [one.id, one]))
  const done = (recorded: Recorded | null) => {
    setLast(recorded)
    found.retry()
  }
  const acts = may('production.manage')
    ? [{ key: 'act', title: '', cell: (one: Producer) => <ProducerActs of={one} items={items} done={done} /> }]
    : []
  const adding = may('production.manage') && <ProducerNew area={area} done={found.retry} />
  if (!of.producers.length) {
    return (
      <>
        <Empty title={w.t('pr.none.title')} text={w.t('pr.none.text')} />
        {adding}
      </>
    )
  }
  return (
    <>
      <Restart of={of} />
      <Undo last={last} takeBack={production.takeBack} done={() => done(null)} />
      <section className="card" aria-label={w.t('pd.tab.producers')}>
        <Grid
          label={w.t('pd.tab.producers')}
          rows={of.producers}
          keyOf={(one) => one.id}
          columns={[
            {
              key: 'name',
              title: w.t('pr.name'),
              head: true,
              cell: (one) => w.name({ zh: one.name, en: one.en }),
            },
            { key: 'working', title: w.t('pr.working'), cell: (one) => <State of={one} /> },
            {
              key: 'makes',
              title: w.t('pr.makes'),
              cell: (one) => (
                <ul>
                  {one.makes.map((its) => (
                    <Makes key={its.item} of={its} item={items.get(its.item)} />
                  ))}
                </ul>
              ),
            },
            ...acts,
          ]}
        />
      </section>
      {adding}
    </>
  )
}

function State({ of }: { of: Producer }) {
  const w = useProduction()
  if (!of.working || !of.since) return <span className="tag">{w.t('pr.silent')}</span>
  return (
    <>
      <span className={`tag ${WORKING[of.working]}`}>{w.t(`pr.${of.working}`)}</span>
      <span className="muted small block">{w.t('pr.since', { day: w.day(of.since) })}</span>
    </>
  )
}

function Makes({ of, item }: { of: Making; item?: Item }) {
  const w = useProduction()
  const unit = item ? w.name({ zh: item.unit_zh, en: item.unit_en }) : ''
  return (
    <li>
      <b>{item ? w.name(item) : ''}</b>{' '}
      {of.made
        ? w.t('pr.made', { n: w.n(of.made.n), unit, day: w.day(of.made.day) })
        : w.t('pr.usual', { n: w.n(of.usual), unit })}
      {of.demand !== null && of.gap && (
        <span className={of.gap.gap ? 'late block' : 'muted block'}>
          {of.gap.gap
            ? w.t('pr.gap', {
                demand: w.n(of.demand),
                gap: w.n(of.gap.gap),
                factor: of.gap.factor === null ? '–' : w.n(Math.round(of.gap.factor * 10) / 10),
                unit,
              })
            : w.t('pr.enough', { demand: w.n(of.demand), unit })}
        </span>
      )}
      {of.output.length > 1 && <Course of={of} label={w.t('pr.course')} />}
    </li>
  )
}

/** The output of the last days as a small curve; a list says the same. */
function Course({ of, label }: { of: Making; label: string }) {
  const w = useProduction()
  const most = Math.max(of.per_day, 1)
  const at = (n: number, i: number) => `${(i * 120) / Math.max(of.output.length - 1, 1)},${30 - (n * 28) / most}`
  return (
    <details>
      <summary>
        <svg width="120" height="32" aria-hidden="true">
          <polyline
            points={of.output.map((one, i) => at(one.n, i)).join(' ')}
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
          />
        </svg>{' '}
        {label}
      </summary>
      <ul className="small">
        {of.output.map((one) => (
          <li key={one.day}>
            {w.day(one.day)} {w.n(one.n)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Restart({ of }: { of: Board }) {
  const w = useProduction()
  const its = of.restart
  const percent = its.share === null ? 0 : Math.round(its.share * 1000) / 10
  return (
    <section className="card" aria-labelledby="restart-title">
      <h2 id="restart-title">{w.t('pr.restart')}</h2>
      <p role="status">
        <b>
          {w.t(its.most ? 'pr.restart.most' : 'pr.restart.some', {
            day: w.day(its.day),
            back: w.n(its.back),
            of: w.n(its.of),
            percent: w.n(percent),
          })}
        </b>{' '}
        {its.silent > 0 && w.t('pr.restart.silent', { n: w.n(its.silent) })}
      </p>
      <details>
        <summary>{w.t('pr.restart.curve')}</summary>
        <ul className="small">
          {of.curve.map((one) => (
            <li key={one.day}>
              {w.t('pr.restart.day', { day: w.day(one.day), back: w.n(one.back), of: w.n(one.of) })}
            </li>
          ))}
        </ul>
      </details>
      <p className="muted small">{w.t('pd.source', { source: w.name({ zh: of.source_zh, en: of.source }) })}</p>
    </section>
  )
}
