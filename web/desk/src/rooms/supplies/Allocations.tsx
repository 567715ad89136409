import '../../styles/tasks.css'
import '../../styles/plans.css'
import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Allocations as List, production } from '../../api/production'
import { useResource } from '../../api/resource'
import { supplies } from '../../api/supplies'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { go, pathOf, type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { AllocationCard, unitOf } from './AllocationCard'
import { useProduction } from './production'

/** Of one plan. */
const MOST_ITEMS = 30
const PHASES = { proposed: '', confirmed: 'active', dropped: 'fails' } as const

/** How what is scarce is shared: proposed by the rule, changed by hand, confirmed by a person. */
export default function Allocations({ route }: { route: Route }) {
  return route.room === 'allocation' ? <AllocationCard key={route.id} id={route.id} /> : <Inside />
}

function Inside() {
  const w = useProduction()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area || top
  const found = useResource(`allocations|${area}`, (signal) => production.allocations(area, signal), 'keep', [
    'supplies',
  ])
  return (
    <>
      <div className="heading">
        <h1>{w.t('al.title')}</h1>
        <p className="muted">{w.t('al.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('pd.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('pd.area')} />
        </div>
      </search>
      {may('supplies.share') && <Propose area={area} />}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {found.loading && !found.data && <Loading />}
      {found.data && !found.error && <Rows rows={found.data.allocations} />}
    </>
  )
}

function Rows({ rows }: { rows: List['allocations'] }) {
  const w = useProduction()
  if (!rows.length) return <Empty title={w.t('al.none.title')} text={w.t('al.none.text')} />
  return (
    <section className="card" aria-label={w.t('al.title')}>
      <Grid
        label={w.t('al.title')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'item',
            title: w.t('pd.item'),
            head: true,
            cell: (one) => (
              <a href={pathOf({ room: 'allocation', id: one.id })}>
                {one.items.map((item) => w.name(item)).join(w.t('al.and')) || w.t('al.open')}
              </a>
            ),
          },
          { key: 'area', title: w.t('pd.area'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'at', title: w.t('al.at'), cell: (one) => w.stamp(one.at) },
          {
            key: 'given',
            title: w.t('al.given'),
            cell: (one) =>
              one.given === null
                ? w.t('al.given.items', {
                    n: w.n(one.items.length),
                    stores: w.n(one.stores),
                    places: w.n(one.places),
                  })
                : w.t('al.given.of', {
                    n: w.n(one.given),
                    unit: unitOf(one.items[0], w),
                    stores: w.n(one.stores),
                    places: w.n(one.places),
                  }),
          },
          {
            key: 'phase',
            title: w.t('al.phase'),
            cell: (one) => (
              <>
                <span className={`tag ${PHASES[one.phase]}`}>{w.t(`al.${one.phase}`)}</span>
                {one.edits > 0 && <span className="muted small block">{w.t('al.edits.n', { n: w.n(one.edits) })}</span>}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

interface Asked {
  items: string[]
  days?: number | null
}

function Propose({ area }: { area: string }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const items = useResource('supply-items', supplies.items, 'keep', ['supplies'])
  const told = refusals(error)
  const [id] = useState(newId)
  const submit = (values: Asked) =>
    run(async () => {
      const made = await production.propose({ id, area, items: values.items, days: values.days ?? null })
      go({ room: 'allocation', id: made.id })
    })
  return (
    <section className="card" aria-labelledby="allocation-new">
      <h2 id="allocation-new">{w.t('al.new')}</h2>
      <Form name="allocation" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item
            name="items"
            label={w.t('al.items')}
            rules={[{ required: true, message: w.t('required') }]}
            {...told('items')}
          >
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              maxCount={MOST_ITEMS}
              options={items.data?.items.map((one) => ({ value: one.id, label: w.name(one) }))}
            />
          </Form.Item>
          <Form.Item name="days" label={w.t('al.days')} {...told('days')}>
            <InputNumber min={1} max={60} precision={0} placeholder={w.t('al.days.usual')} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('al.propose')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
