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
import { AllocationCard } from './AllocationCard'
import { useProduction } from './production'

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
      {may('supplies.share') && <Propose area={area} done={found.retry} />}
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
              <a href={pathOf({ room: 'allocation', id: one.id })}>{one.item ? w.name(one.item) : w.t('al.open')}</a>
            ),
          },
          { key: 'area', title: w.t('pd.area'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'at', title: w.t('al.at'), cell: (one) => w.stamp(one.at) },
          {
            key: 'given',
            title: w.t('al.given'),
            cell: (one) =>
              w.t('al.given.of', {
                n: w.n(one.given),
                unit: one.item ? w.name({ zh: one.item.unit_zh, en: one.item.unit_en }) : '',
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

function Propose({ area, done }: { area: string; done: () => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const items = useResource('supply-items', supplies.items, 'keep', ['supplies'])
  const told = refusals(error)
  const [ids] = useState(() => new Map<string, string>())
  const [form] = Form.useForm<Asked>()
  // Each item is a sharing of its own: those that were proposed before one was refused are not proposed again.
  const submit = (values: Asked) =>
    run(async () => {
      let last = ''
      for (const item of values.items) {
        const id = ids.get(item) ?? newId()
        ids.set(item, id)
        last = (await production.propose({ id, area, item, days: values.days ?? null })).id
      }
      ids.clear()
      if (values.items.length === 1) return go({ room: 'allocation', id: last })
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-labelledby="allocation-new">
      <h2 id="allocation-new">{w.t('al.new')}</h2>
      <Form form={form} name="allocation" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item
            name="items"
            label={w.t('al.items')}
            rules={[{ required: true, message: w.t('required') }]}
            {...told('item')}
          >
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
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
