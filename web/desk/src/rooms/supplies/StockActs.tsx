import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { type Item, type StoreCard, supplies } from '../../api/supplies'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { SheetImport, wrongRows } from '../../forms/SheetImport'
import type { Columns } from '../../forms/sheet'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { asksBack, itemName } from './terms'
import { useSupplies } from './words'

const MOVES = ['receipt', 'issue', 'use', 'loss', 'purchase'] as const
type Move = (typeof MOVES)[number]
type Act = Move | 'count' | 'import' | 'demand' | 'close'

interface Props {
  card: StoreCard
  items: Item[]
  done: () => void
}

/** What can be recorded in a store, each as a form of its own. */
export function StockActs({ card, items, done }: Props) {
  const w = useSupplies()
  const { may } = useSession()
  const acts: Act[] = [...MOVES, 'count', 'import', 'demand']
  if (may('supplies.manage')) acts.push('close')
  return (
    <ActBar
      title={w.t('sa.title')}
      acts={acts}
      label={(act) => w.t(`act.${act}`)}
      said={(act) => w.t('sa.done', { act: w.t(`act.${act}`) })}
      form={(act, recorded, close) => {
        const finish = () => {
          recorded()
          done()
        }
        const parts = { card, items, done: finish, close }
        if (act === 'count') return <CountForm key={act} {...parts} />
        if (act === 'import') return <CountList key={act} card={card} done={done} />
        if (act === 'demand') return <DemandForm key={act} {...parts} />
        if (act === 'close') return <CloseForm key={act} {...parts} />
        return <MoveForm key={act} act={act} {...parts} />
      }}
    />
  )
}

interface FormProps extends Props {
  close: () => void
}

function Buttons({
  busy,
  close,
  danger,
  confirming,
}: {
  busy: boolean
  close: () => void
  danger?: boolean
  confirming?: boolean
}) {
  const w = useSupplies()
  return (
    <div className="actions">
      <Button type="primary" htmlType="submit" loading={busy} danger={danger}>
        {w.t(confirming ? 'sa.confirm' : 'su.save')}
      </Button>
      <Button onClick={close}>{w.t('su.cancel')}</Button>
    </div>
  )
}

interface Moved {
  item: string
  amount: number
  unit?: string
  lot?: string
  expires?: string
  document?: string
  donated?: boolean
  out?: boolean
  late?: boolean
}

function MoveForm({ act, card, items, done, close }: FormProps & { act: Move }) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [form] = Form.useForm<Moved>()
  const chosen = Form.useWatch('item', form)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('su.required') }]
  const confirming = asksBack(error)
  const held = new Set(card.lots.filter((one) => one.shelf > 0 || one.out > 0).map((one) => one.item))
  const offered = act === 'receipt' || act === 'purchase' ? items : items.filter((one) => held.has(one.id))
  const item = items.find((one) => one.id === chosen)
  const submit = (values: Moved) =>
    run(async () => {
      await supplies.move({
        id,
        process: act,
        store: card.id,
        item: values.item,
        amount: values.amount,
        unit: values.unit ?? null,
        lot: values.lot || null,
        expires: values.expires ? plainDay(values.expires) : null,
        document: values.document ?? null,
        origin: values.donated ? 'donor' : values.out ? 'out' : '',
        late: values.late ?? false,
        confirm: confirming,
      })
      done()
    })
  return (
    <Form
      form={form}
      name={`stock_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
    >
      <h3>{w.t(`act.${act}`)}</h3>
      <div className="fields">
        <Form.Item name="item" label={w.t('sh.item')} rules={needed} {...told('item')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={offered.map((one) => ({ value: one.id, label: itemName(w, one, one.id) }))}
          />
        </Form.Item>
        <Form.Item name="amount" label={w.t('sc.quantity')} rules={needed} {...told('amount')}>
          <InputNumber min={0} max={1e12} />
        </Form.Item>
        <Form.Item name="unit" label={w.t('sa.unit')} {...told('unit')}>
          <Select
            allowClear
            placeholder={item && (w.lang === 'zh' ? item.unit_zh : item.unit_en)}
            options={item?.packs.map((one) => ({
              value: one.code,
              label: w.t('sa.pack', {
                pack: w.name(one),
                n: w.n(one.holds),
                unit: w.lang === 'zh' ? item.unit_zh : item.unit_en,
              }),
            }))}
          />
        </Form.Item>
        {act === 'receipt' && card.orders.some((one) => one.item === chosen) && (
          <Form.Item name="document" label={w.t('sa.order')} {...told('document')}>
            <Select
              allowClear
              options={card.orders
                .filter((one) => one.item === chosen)
                .map((one) => ({ value: one.id, label: `${w.stamp(one.at)} · ${w.n(one.open)}` }))}
            />
          </Form.Item>
        )}
        {act !== 'purchase' && (
          <Form.Item
            name="lot"
            label={w.t('sc.lot')}
            extra={act === 'receipt' ? undefined : w.t('sa.lot.first')}
            rules={[{ pattern: /^[A-Za-z0-9_.-]+$/, message: w.t('sa.lot.form') }]}
            {...told('lot')}
          >
            <Input maxLength={32} autoComplete="off" />
          </Form.Item>
        )}
        {act === 'receipt' && (
          <>
            <Form.Item
              name="expires"
              label={w.t('sa.expires')}
              rules={[dayRule(w.t('sa.day.form'))]}
              {...told('expires')}
            >
              <DayField />
            </Form.Item>
            <Form.Item name="donated" valuePropName="checked" label=" " colon={false} {...told('origin')}>
              <Checkbox>{w.t('sa.donated')}</Checkbox>
            </Form.Item>
          </>
        )}
        {(act === 'use' || act === 'loss') && (
          <Form.Item name="out" valuePropName="checked" label=" " colon={false}>
            <Checkbox>{w.t('sa.out')}</Checkbox>
          </Form.Item>
        )}
        {(act === 'use' || act === 'loss' || act === 'receipt') && (
          <Form.Item name="late" valuePropName="checked" label=" " colon={false} {...told('late')}>
            <Checkbox>{w.t('sa.late')}</Checkbox>
          </Form.Item>
        )}
      </div>
      <Told error={error} />
      <Buttons busy={busy} close={close} confirming={confirming} />
    </Form>
  )
}

function CountForm({ card, items, done, close }: FormProps) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const told = refusals(error)
  const confirming = asksBack(error)
  const named = new Map(items.map((one) => [one.id, one]))
  const lots = card.lots.filter((one) => one.shelf)
  const submit = (values: Record<string, number | null | undefined>) =>
    run(async () => {
      const lines = lots.flatMap((one, at) => {
        const amount = values[`n${at}`]
        return typeof amount === 'number' ? [{ item: one.item, lot: one.lot || null, amount, unit: null }] : []
      })
      await supplies.count({ id, store: card.id, lines, confirm: confirming })
      done()
    })
  if (!lots.length) return <p className="muted">{w.t('sc.lots.none')}</p>
  return (
    <Form name="stocktake" layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      <h3>{w.t('act.count')}</h3>
      <p className="muted">{w.t('sa.count.text')}</p>
      <div className="fields">
        {lots.map((one, at) => (
          <Form.Item
            key={`${one.item}${one.lot}`}
            name={`n${at}`}
            label={[itemName(w, named.get(one.item), one.item), one.lot].filter(Boolean).join(' · ')}
            extra={w.t('sa.count.ledger', { n: w.n(one.shelf) })}
            {...(at === 0 ? told('lines') : {})}
          >
            <InputNumber min={0} max={1e12} precision={0} />
          </Form.Item>
        ))}
      </div>
      <Told error={error} />
      <Buttons busy={busy} close={close} confirming={confirming} />
    </Form>
  )
}

/** A list of a stocktake: items by their code. */
const COUNTED: Columns = {
  names: ['item', 'lot', 'amount', 'unit'],
  needed: ['item', 'amount'],
  titles: { 编码: 'item', 物资编码: 'item', 批号: 'lot', 数量: 'amount', 单位: 'unit' },
}

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' as const

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(bytes.reduce((text, one) => text + String.fromCharCode(one), ''))
}

function CountList({ card, done }: { card: StoreCard; done: () => void }) {
  const w = useSupplies()
  const [confirm, setConfirm] = useState(false)
  return (
    <div className="sub-form">
      <h3>{w.t('act.import')}</h3>
      <p className="muted">{w.t('sa.import.text')}</p>
      <Checkbox checked={confirm} onChange={(e) => setConfirm(e.target.checked)}>
        {w.t('sa.import.confirm')}
      </Checkbox>
      <SheetImport
        of="stocktake"
        columns={COUNTED}
        take={async (rows) => {
          const taken = await supplies.countList({ id: newId(), store: card.id, rows, content_type: CSV, confirm })
          done()
          return taken
        }}
        takeFile={async (file) => {
          const sent = { id: newId(), store: card.id, rows: [], file: await base64(file), content_type: XLSX, confirm }
          const taken = await supplies.countList(sent)
          done()
          return taken
        }}
        said={(of) =>
          w.t('sa.import.done', {
            n: w.n(of.counted),
            differing: w.n(of.differing),
            errors: w.n(wrongRows(of.errors)),
          })
        }
      />
    </div>
  )
}

const DRIVERS = ['beds', 'critical_beds', 'staff', 'residents'] as const

function DemandForm({ card, done, close }: FormProps) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const told = refusals(error)
  const submit = (values: Record<(typeof DRIVERS)[number], number>) =>
    run(async () => {
      await supplies.provide(card.id, { ...values, id })
      done()
    })
  const before = card.demand ?? { beds: 0, critical_beds: 0, staff: 0, residents: 0 }
  return (
    <Form
      name="demand"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={before}
    >
      <h3>{w.t('act.demand')}</h3>
      <p className="muted">{w.t('sa.demand.text')}</p>
      <div className="fields">
        {DRIVERS.map((one) => (
          <Form.Item
            key={one}
            name={one}
            label={w.t(`driver.${one}`)}
            rules={[{ required: true, message: w.t('su.required') }]}
            {...told(one)}
          >
            <InputNumber min={0} max={1_000_000} precision={0} />
          </Form.Item>
        ))}
      </div>
      <Told error={error} />
      <Buttons busy={busy} close={close} />
    </Form>
  )
}

function CloseForm({ card, done, close }: FormProps) {
  const w = useSupplies()
  const { busy, error, run } = useAct()
  return (
    <Form name="close_store" className="sub-form" onFinish={() => run(() => supplies.close(card.id).then(done))}>
      <p className="muted">{w.t('sa.close.text')}</p>
      <Told error={error} />
      <Buttons busy={busy} close={close} danger />
    </Form>
  )
}
