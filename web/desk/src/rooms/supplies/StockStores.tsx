import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { beds } from '../../api/beds'
import { newId } from '../../api/once'
import { production } from '../../api/production'
import { useResource } from '../../api/resource'
import { KINDS, type StoreRow, supplies } from '../../api/supplies'
import { ActBar } from '../../forms/ActBar'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { called } from './terms'
import { type Recorded, Undo } from './Undo'
import { useSupplies } from './words'

/** The stores of an area, and which of them nobody has counted today. */
export function StockStores({ area }: { area: string }) {
  const w = useSupplies()
  const { may } = useSession()
  const [last, setLast] = useState<Recorded | null>(null)
  const found = useResource(`stores|${area}`, (signal) => supplies.stores(area, signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { stores, uncounted } = found.data
  return (
    <>
      {stores.length ? (
        <section className="card" aria-label={w.t('su.tab.stores')}>
          <p role="status">{w.t('st.uncounted', { n: w.n(uncounted.length), of: w.n(stores.length) })}</p>
          <Listed rows={stores} uncounted={new Set(uncounted)} />
        </section>
      ) : (
        <Empty title={w.t('st.none')} text={w.t('st.none.text')} />
      )}
      <Undo
        last={last}
        takeBack={production.takeBack}
        done={() => {
          setLast(null)
          found.retry()
        }}
      />
      {may('supplies.manage') && (
        <ActBar
          title={w.t('st.manage')}
          acts={['open'] as const}
          label={() => w.t('st.open')}
          said={() => w.t('st.opened')}
          form={(_, recorded, close) => (
            <Open
              area={area}
              done={(id) => {
                recorded()
                setLast({ id, fact: id })
                found.retry()
              }}
              close={close}
            />
          )}
        />
      )}
    </>
  )
}

function Listed({ rows, uncounted }: { rows: StoreRow[]; uncounted: Set<string> }) {
  const w = useSupplies()
  return (
    <Grid
      label={w.t('su.tab.stores')}
      rows={rows}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'name',
          title: w.t('st.name'),
          head: true,
          cell: (one) => (
            <>
              <a href={pathOf({ room: 'store', id: one.id })}>{called(w, one)}</a>
              <span className="muted block small">{w.t(`kind.${one.store_kind}`)}</span>
            </>
          ),
        },
        { key: 'area', title: w.t('su.area'), cell: (one) => <AreaName code={one.area} /> },
        {
          key: 'items',
          title: w.t('st.items'),
          cell: (one) => (
            <>
              {w.n(one.items)}
              {one.negative > 0 && (
                <span className="late block small">{w.t('st.negative', { n: w.n(one.negative) })}</span>
              )}
            </>
          ),
        },
        {
          key: 'counted',
          title: w.t('st.counted'),
          cell: (one) => (
            <>
              {one.counted ? w.stamp(one.counted) : <span className="null">{w.t('st.never')}</span>}
              {uncounted.has(one.id) && <span className="late block small">{w.t('st.not_today')}</span>}
            </>
          ),
        },
      ]}
    />
  )
}

interface OpenValues {
  area: string
  name: string
  en?: string
  store_kind: (typeof KINDS)[number]
  serves?: string
}

function Open({ area, done, close }: { area: string; done: (id: string) => void; close: () => void }) {
  const w = useSupplies()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [form] = Form.useForm<OpenValues>()
  const kind = Form.useWatch('store_kind', form)
  const hospitals = useResource(kind === 'hospital' ? 'hospitals|' : null, (signal) => beds.hospitals('', signal))
  const stations = useResource(kind === 'station' ? 'stations-of-stores' : null, supplies.stations)
  const facilities =
    kind === 'hospital'
      ? hospitals.data?.hospitals.map((one) => ({ value: one.id, label: w.name(one) }))
      : stations.data?.map((one) => ({ value: one.id, label: one.name }))
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('su.required') }]
  const submit = (values: OpenValues) =>
    run(async () => {
      await supplies.open({ ...values, en: values.en ?? '', serves: values.serves ?? null, id })
      done(id)
    })
  return (
    <Form
      form={form}
      name="store"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ area, store_kind: 'warehouse' }}
    >
      <div className="fields">
        <Form.Item name="name" label={w.t('st.name')} rules={needed} {...told('name')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="en" label={w.t('st.name.en')} {...told('en')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="store_kind" label={w.t('st.kind')} rules={needed} {...told('store_kind')}>
          <Select
            options={KINDS.map((value) => ({ value, label: w.t(`kind.${value}`) }))}
            onChange={() => form.resetFields(['serves'])}
          />
        </Form.Item>
        {(kind === 'hospital' || kind === 'station') && (
          <Form.Item
            name="serves"
            label={w.t(`st.serves.${kind}`)}
            extra={w.t(`st.serves.help.${kind}`)}
            {...told('serves')}
          >
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={facilities} />
          </Form.Item>
        )}
        <Form.Item name="area" label={w.t('su.area')} rules={needed} className="wide" {...told('area')}>
          <AreaField top={session?.area ?? ''} label={w.t('su.area')} />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('su.save')}
        </Button>
        <Button onClick={close}>{w.t('su.cancel')}</Button>
      </div>
    </Form>
  )
}
