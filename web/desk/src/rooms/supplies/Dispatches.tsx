import { Button, Checkbox, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { type Dispatch, type Item, STAGES, type Stage, supplies } from '../../api/supplies'
import { ActBar } from '../../forms/ActBar'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { asksBack, called, itemName, quantity } from './terms'
import { useSupplies } from './words'

interface Props {
  area: string
  items: Item[]
}

/** What one store sends to another: planned, on its way, received with proof. */
export function Dispatches({ area, items }: Props) {
  const w = useSupplies()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const found = useResource(
    `dispatches|${area}|${filter.stage}`,
    (signal) => supplies.dispatches(area, filter.stage, signal),
    'keep',
    ['supplies'],
  )
  return (
    <>
      <search className="card bounds" aria-label={w.t('di.stage')}>
        <Select
          allowClear
          placeholder={w.t('di.stage')}
          aria-label={w.t('di.stage')}
          value={filter.stage as Stage | undefined}
          onChange={(to) => narrow({ stage: to ?? null })}
          options={STAGES.map((value) => ({ value, label: w.t(`stage.${value}`) }))}
          popupMatchSelectWidth={false}
        />
      </search>
      {may('supplies.move') && (
        <ActBar
          title={w.t('di.manage')}
          acts={['send'] as const}
          label={() => w.t('di.new')}
          said={() => w.t('di.made')}
          form={(_, recorded, close) => (
            <SendForm
              area={area}
              items={items}
              close={close}
              done={() => {
                recorded()
                found.retry()
              }}
            />
          )}
        />
      )}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Listed rows={found.data.dispatches} items={items} done={found.retry} />}
    </>
  )
}

function Listed({ rows, items, done }: { rows: Dispatch[]; items: Item[]; done: () => void }) {
  const w = useSupplies()
  if (!rows.length) return <Empty title={w.t('di.none')} text={w.t('di.none.text')} />
  return (
    <section className="card" aria-label={w.t('su.tab.dispatches')}>
      <Grid
        label={w.t('su.tab.dispatches')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'way',
            title: w.t('di.way'),
            head: true,
            cell: (one) => (
              <>
                <Store id={one.source} name={w.name({ zh: one.source_name, en: one.source_en })} mine={one.gives} /> →{' '}
                <Store id={one.target} name={w.name({ zh: one.target_name, en: one.target_en })} mine={one.takes} />
                <span className="muted block small">
                  <AreaName code={one.area} /> → <AreaName code={one.target_area} />
                </span>
              </>
            ),
          },
          { key: 'loads', title: w.t('di.loads'), cell: (one) => <Loads of={one} items={items} /> },
          { key: 'stage', title: w.t('di.stage'), cell: (one) => <StageOf of={one} /> },
          { key: 'act', title: '', cell: (one) => <Acts of={one} items={items} done={done} /> },
        ]}
      />
    </section>
  )
}

function Store({ id, name, mine }: { id: string; name: string; mine: boolean }) {
  return mine ? <a href={pathOf({ room: 'store', id })}>{name}</a> : name
}

function Loads({ of, items }: { of: Dispatch; items: Item[] }) {
  const w = useSupplies()
  const named = new Map(items.map((one) => [one.id, one]))
  const lost = (item: string) => of.lots.filter((one) => one.item === item).reduce((sum, one) => sum + one.lost, 0)
  return (
    <ul>
      {of.loads.map((one) => (
        <li key={one.item}>
          {itemName(w, named.get(one.item), one.item)} {quantity(w, named.get(one.item), one.quantity)}
          {lost(one.item) > 0 && (
            <span className="late block small">
              {w.t('di.lost', { n: quantity(w, named.get(one.item), lost(one.item)) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function StageOf({ of }: { of: Dispatch }) {
  const w = useSupplies()
  return (
    <>
      <span className={`tag ${of.stage === 'received' ? 'passes' : of.stage === 'sent' ? 'warns' : ''}`}>
        {w.t(`stage.${of.stage}`)}
      </span>
      {of.received ? (
        <span className="muted block small">{w.t('di.proof', { by: of.received_by, at: w.stamp(of.received) })}</span>
      ) : (
        of.sent && <span className="muted block small">{w.t('di.sent', { by: of.sent_by, at: w.stamp(of.sent) })}</span>
      )}
    </>
  )
}

/** The next step of a dispatch, for whom it is to take it, and the last one taken back. */
function Acts({ of, items, done }: { of: Dispatch; items: Item[]; done: () => void }) {
  const w = useSupplies()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [receiving, setReceiving] = useState(false)
  if (!may('supplies.move')) return null
  const act = (what: () => Promise<unknown>) => run(() => what().then(done))
  return (
    <>
      <div className="row-acts">
        {of.stage === 'planned' && of.gives && (
          <>
            <Button size="small" type="primary" loading={busy} onClick={() => act(() => supplies.send(of.id))}>
              {w.t('di.send')}
            </Button>
            <Button size="small" loading={busy} onClick={() => act(() => supplies.cancel(of.id))}>
              {w.t('di.cancel')}
            </Button>
          </>
        )}
        {of.stage === 'sent' && of.takes && (
          <Button size="small" type="primary" aria-expanded={receiving} onClick={() => setReceiving(!receiving)}>
            {w.t('di.receive')}
          </Button>
        )}
        {((of.stage === 'sent' && of.gives) || (of.stage === 'received' && of.takes)) && (
          <Undo take={() => supplies.stepBack(of.id)} done={done} />
        )}
      </div>
      <Told error={error} />
      {receiving && of.stage === 'sent' && <Receipt of={of} items={items} done={done} />}
    </>
  )
}

/** The proof of receipt: what came of each lot. */
function Receipt({ of, items, done }: { of: Dispatch; items: Item[]; done: () => void }) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const named = new Map(items.map((one) => [one.id, one]))
  const submit = (values: Record<string, number>) =>
    run(async () => {
      const came = of.lots.map((one, at) => ({
        item: one.item,
        lot: one.lot || null,
        quantity: values[`n${at}`] ?? 0,
      }))
      await supplies.receive(of.id, { came })
      done()
    })
  return (
    <Form
      layout="vertical"
      size="small"
      requiredMark={false}
      onFinish={submit}
      aria-label={w.t('di.receive')}
      initialValues={Object.fromEntries(of.lots.map((one, at) => [`n${at}`, one.sent]))}
    >
      {of.lots.map((one, at) => (
        <Form.Item
          key={`${one.item}${one.lot}`}
          name={`n${at}`}
          label={[itemName(w, named.get(one.item), one.item), one.lot].filter(Boolean).join(' · ')}
          extra={w.t('di.was_sent', { n: w.n(one.sent) })}
          {...(at === 0 ? told('came') : {})}
        >
          <InputNumber min={0} max={one.sent} precision={0} />
        </Form.Item>
      ))}
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('di.receive.go')}
      </Button>
    </Form>
  )
}

interface Values {
  source: string
  target: string
  item: string
  quantity: number
  send: boolean
}

function SendForm({ area, items, done, close }: Props & { done: () => void; close: () => void }) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [form] = Form.useForm<Values>()
  const chosen = Form.useWatch('item', form)
  const item = items.find((one) => one.id === chosen)
  const found = useResource(`stores|${area}`, (signal) => supplies.stores(area, signal))
  const told = refusals(error)
  const unusual = asksBack(error)
  const needed = [{ required: true, message: w.t('su.required') }]
  const stores = (found.data?.stores ?? []).map((one) => ({ value: one.id, label: called(w, one) }))
  const submit = ({ source, target, item: of, quantity: n, send }: Values) =>
    run(async () => {
      await supplies.dispatch({ id, source, target, loads: [{ item: of, quantity: n }], send, confirm: unusual })
      done()
    })
  return (
    <Form
      form={form}
      name="dispatch"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ send: true }}
    >
      <div className="fields">
        <Form.Item name="source" label={w.t('di.source')} rules={needed} {...told('source')}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={stores} loading={found.loading} />
        </Form.Item>
        <Form.Item name="target" label={w.t('di.target')} rules={needed} {...told('target')}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={stores} loading={found.loading} />
        </Form.Item>
        <Form.Item name="item" label={w.t('sh.item')} rules={needed} {...told('item')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={items.map((one) => ({ value: one.id, label: itemName(w, one, one.id) }))}
          />
        </Form.Item>
        <Form.Item
          name="quantity"
          label={w.t('sc.quantity')}
          extra={item && (w.lang === 'zh' ? item.unit_zh : item.unit_en)}
          rules={needed}
          {...told('amount')}
        >
          <InputNumber min={1} max={1e12} precision={0} />
        </Form.Item>
        <Form.Item name="send" valuePropName="checked" label=" " colon={false}>
          <Checkbox>{w.t('di.at_once')}</Checkbox>
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t(unusual ? 'sa.confirm' : 'su.save')}
        </Button>
        <Button onClick={close}>{w.t('su.cancel')}</Button>
      </div>
    </Form>
  )
}
