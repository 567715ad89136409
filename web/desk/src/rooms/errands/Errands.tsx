import '../../styles/isolation.css'
import '../../styles/tasks.css'
import { Button, Checkbox, Select } from 'antd'
import { useId, useState } from 'react'
import { type Errand, type ErrandPage, errands, type Terms, type Wanted } from '../../api/errands'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { ErrandActs } from './ErrandActs'
import { Place } from './Place'
import { What, Where } from './parts'
import { useSpoken } from './words'

const LIVE = ['mobilisation'] as const
const STAGES = ['placed', 'accepted', 'picked_up', 'delivered', 'confirmed', 'cancelled', 'failed'] as const

/** What residents have ordered, and how far it is. */
export default function Errands() {
  const w = useSpoken()
  const id = useId()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const [placing, setPlacing] = useState(false)
  const top = session?.area ?? ''
  const asked: Wanted = {
    area: filter.area ?? top,
    category: filter.category,
    open: filter.all ? undefined : 'true',
    mine: filter.mine ? 'true' : undefined,
  }
  const key = `errands|${JSON.stringify(asked)}`
  const terms = useResource('errand-terms', errands.terms)
  const first = useResource(key, (signal) => errands.list(asked, signal), 'drop', LIVE)
  return (
    <>
      <div className="heading">
        <h1>{w.t('er.title')}</h1>
        <p className="muted">{w.t('er.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('er.area')}</span>
          <AreaField top={top} value={asked.area ?? ''} onChange={(area) => narrow({ area })} label={w.t('er.area')} />
        </div>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('er.category')}</label>
          <Select
            id={id}
            value={filter.category ?? ''}
            onChange={(category) => narrow({ category })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('er.all') },
              ...(terms.data?.categories ?? []).map((one) => ({ value: one.code, label: w.name(one) })),
            ]}
          />
        </div>
        <Checkbox checked={!filter.all} onChange={(e) => narrow({ all: e.target.checked ? null : 'true' })}>
          {w.t('er.open')}
        </Checkbox>
        <Checkbox checked={Boolean(filter.mine)} onChange={(e) => narrow({ mine: e.target.checked ? 'true' : null })}>
          {w.t('er.mine')}
        </Checkbox>
        {may('errands.place') && !placing && <Button onClick={() => setPlacing(true)}>{w.t('place.open')}</Button>}
      </search>
      {placing && <Place terms={terms.data} done={first.retry} close={() => setPlacing(false)} />}
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && !first.data && <Loading />}
      {first.data && !first.error && (
        <Pages key={key} first={first.data} asked={asked} terms={terms.data} done={first.retry} />
      )}
    </>
  )
}

interface PagesProps {
  first: ErrandPage
  asked: Wanted
  terms: Terms | null
  done: () => void
}

function Pages({ first, asked, terms, done }: PagesProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<ErrandPage[]>([])
  const pages = [first, ...more]
  const next = pages[pages.length - 1]?.next ?? null
  const anew = () => {
    setMore([])
    done()
  }
  return (
    <>
      <Counts at={first.at} />
      <Rows rows={pages.flatMap((page) => page.errands)} terms={terms} done={anew} />
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await errands.list({ ...asked, after: next })
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('er.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Counts({ at }: { at: ErrandPage['at'] }) {
  const w = useSpoken()
  return (
    <section className="card stages" aria-label={w.t('er.col.state')}>
      <dl>
        {STAGES.map((stage) => (
          <div key={stage}>
            <dt>{w.t(`stage.${stage}`)}</dt>
            <dd>{w.n(at[stage] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Rows({ rows, terms, done }: { rows: Errand[]; terms: Terms | null; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  if (!rows.length) return <Empty title={w.t('er.none.title')} text={w.t('er.none.text')} />
  const late = (one: Errand) => now !== null && !one.delivered && !one.closed && now > Date.parse(one.due)
  return (
    <section className="card" aria-label={w.t('er.title')}>
      <Grid
        label={w.t('er.title')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          { key: 'what', title: w.t('er.col.what'), head: true, cell: (one) => <What of={one} terms={terms} /> },
          { key: 'placed', title: w.t('er.col.placed'), cell: (one) => w.stamp(one.placed) },
          {
            key: 'due',
            title: w.t('er.col.due'),
            cell: (one) => (
              <>
                {w.stamp(one.due)}
                {late(one) && <span className="late block small">{w.t('er.late')}</span>}
              </>
            ),
          },
          { key: 'state', title: w.t('er.col.state'), cell: (one) => <Where of={one} terms={terms} /> },
          {
            key: 'acts',
            title: '',
            cell: (one) => <ErrandActs of={one} terms={terms} done={done} />,
            className: 'acts',
          },
        ]}
      />
    </section>
  )
}
