import '../../styles/isolation.css'
import '../../styles/tasks.css'
import { Button, Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { isolation, type Need, type NeedPage, needs, type Policy } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { Ask } from './Ask'
import { NeedActs } from './NeedActs'
import { useSpoken } from './words'

/** What people under observation ask for, and by when. */
export default function Needs() {
  const w = useSpoken()
  const id = useId()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const [asking, setAsking] = useState(Boolean(filter.person))
  const top = session?.area ?? ''
  const asked = {
    area: filter.area ?? top,
    category: filter.category,
    person: filter.person,
    open: filter.all ? undefined : 'true',
  }
  const key = JSON.stringify(asked)
  const policy = useResource('isolation-policy', isolation.policy)
  const first = useResource(`needs|${key}`, (signal) => needs.list(asked, signal))
  return (
    <>
      <div className="heading">
        <h1>{w.t('needs.title')}</h1>
        <p className="muted">{w.t('needs.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('needs.area')}</span>
          <AreaField top={top} value={asked.area} onChange={(area) => narrow({ area })} label={w.t('needs.area')} />
        </div>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('needs.category')}</label>
          <Select
            id={id}
            value={filter.category ?? ''}
            onChange={(category) => narrow({ category })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('needs.all') },
              ...(policy.data?.categories ?? []).map((one) => ({ value: one.code, label: w.name(one) })),
            ]}
          />
        </div>
        <Checkbox checked={!filter.all} onChange={(e) => narrow({ all: e.target.checked ? null : 'true' })}>
          {w.t('needs.open')}
        </Checkbox>
        {may('needs.ask') && !asking && <Button onClick={() => setAsking(true)}>{w.t('ask.open')}</Button>}
      </search>
      {asking && may('needs.ask') && (
        <Ask
          person={filter.person}
          categories={policy.data?.categories ?? []}
          done={first.retry}
          close={() => setAsking(false)}
        />
      )}
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && !first.data && <Loading />}
      {first.data && !first.error && (
        <Pages key={key} first={first.data} asked={asked} policy={policy.data} done={first.retry} />
      )}
    </>
  )
}

interface PagesProps {
  first: NeedPage
  asked: Parameters<typeof needs.list>[0]
  policy: Policy | null
  done: () => void
}

function Pages({ first, asked, policy, done }: PagesProps) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<NeedPage[]>([])
  const pages = [first, ...more]
  const next = pages[pages.length - 1]?.next ?? null
  const rows = pages.flatMap((page) => page.needs)
  if (!rows.length) return <Empty title={w.t('needs.none.title')} text={w.t('needs.none.text')} />
  const anew = () => {
    setMore([])
    done()
  }
  const category = (code: string) => {
    const its = policy?.categories.find((one) => one.code === code)
    return its ? w.name(its) : code
  }
  return (
    <section className="card" aria-label={w.t('needs.title')}>
      <p role="status" className="muted">
        {w.t('needs.total', { n: w.n(first.total) })}
      </p>
      <Grid
        label={w.t('needs.title')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'what',
            title: w.t('needs.col.what'),
            head: true,
            cell: (one) => (
              <>
                {category(one.category)} {one.urgent && <span className="tag fails">{w.t('needs.urgent')}</span>}
              </>
            ),
          },
          {
            key: 'who',
            title: w.t('needs.col.who'),
            cell: (one) => {
              const called = w.t('needs.who', { id: one.person.slice(-6) })
              return one.order && may('isolation.read') ? (
                <a href={pathOf({ room: 'order', id: one.order })}>{called}</a>
              ) : (
                called
              )
            },
          },
          { key: 'asked', title: w.t('needs.col.asked'), cell: (one) => w.stamp(one.asked) },
          { key: 'due', title: w.t('needs.col.due'), cell: (one) => <Due of={one} now={now} /> },
          { key: 'state', title: w.t('needs.col.state'), cell: (one) => <State of={one} /> },
          { key: 'acts', title: '', cell: (one) => <NeedActs of={one} done={anew} />, className: 'acts' },
        ]}
      />
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await needs.list({ ...asked, after: next })
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('needs.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Due({ of, now }: { of: Need; now: number | null }) {
  const w = useSpoken()
  const ms = now === null || of.met ? 0 : now - Date.parse(of.due)
  const minutes = Math.floor(ms / 60_000)
  const time =
    minutes < 60
      ? w.t('needs.minutes', { n: w.n(minutes) })
      : minutes < 2880
        ? w.t('needs.hours', { n: w.n(Math.floor(minutes / 60)) })
        : w.t('needs.days', { n: w.n(Math.floor(minutes / 1440)) })
  return (
    <>
      {w.stamp(of.due)}
      {ms > 0 && <span className="late block small">{w.t('needs.late', { time })}</span>}
    </>
  )
}

function State({ of }: { of: Need }) {
  const w = useSpoken()
  if (of.met) return <span className="tag active">{w.t(`outcome.${of.outcome ?? 'given'}` as 'outcome.given')}</span>
  if (!of.acknowledged) return <span className="tag warns">{w.t('needs.waiting')}</span>
  return (
    <>
      <span className="tag">{w.t('needs.taken')}</span>
      <span className="muted block small">
        {of.acknowledged_by
          ? w.t('needs.taken.by', { by: of.acknowledged_by, at: w.stamp(of.acknowledged) })
          : w.stamp(of.acknowledged)}
      </span>
    </>
  )
}
