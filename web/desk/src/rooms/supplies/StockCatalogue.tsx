import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { production } from '../../api/production'
import { CLASSES, type Item, type Items, LINES, supplies } from '../../api/supplies'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty } from '../../parts/States'
import { useSession } from '../../session'
import { type Recorded, Undo } from './Undo'
import { useSupplies } from './words'

/** What can be held in stock: five classes, three supply lines, and how units convert. */
export function StockCatalogue({ items, done }: { items: Items; done: () => void }) {
  const w = useSupplies()
  const { may } = useSession()
  const [last, setLast] = useState<Recorded | null>(null)
  return (
    <>
      {items.items.length ? (
        <section className="card" aria-label={w.t('su.tab.catalogue')}>
          <Listed rows={items.items} />
        </section>
      ) : (
        <Empty title={w.t('ca.none')} text={w.t('ca.none.text')} />
      )}
      <Undo
        last={last}
        takeBack={production.takeBack}
        done={() => {
          setLast(null)
          done()
        }}
      />
      {may('supplies.manage') && (
        <ActBar
          title={w.t('ca.manage')}
          acts={['list'] as const}
          label={() => w.t('ca.list')}
          said={() => w.t('ca.listed')}
          form={(_, recorded, close) => (
            <ListForm
              norms={items.norms}
              done={(id) => {
                recorded()
                setLast({ id, fact: id })
                done()
              }}
              close={close}
            />
          )}
        />
      )}
    </>
  )
}

function Listed({ rows }: { rows: Item[] }) {
  const w = useSupplies()
  const unit = (one: Item) => (w.lang === 'zh' ? one.unit_zh : one.unit_en)
  return (
    <Grid
      label={w.t('su.tab.catalogue')}
      rows={rows}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'name',
          title: w.t('sh.item'),
          head: true,
          cell: (one) => (
            <>
              {w.name(one)}
              <span className="muted block small mono">{one.code}</span>
            </>
          ),
        },
        {
          key: 'class',
          title: w.t('sh.class'),
          cell: (one) => w.t(one.supply_class ? `class.${one.supply_class}` : 'class.none'),
        },
        { key: 'line', title: w.t('sh.line'), cell: (one) => w.t(`line.${one.line}`) },
        {
          key: 'units',
          title: w.t('ca.units'),
          cell: (one) => (
            <>
              {unit(one)}
              {one.packs.map((pack) => (
                <span key={pack.code} className="muted block small">
                  {w.t('sa.pack', { pack: w.name(pack), n: w.n(pack.holds), unit: unit(one) })}
                </span>
              ))}
            </>
          ),
        },
      ]}
    />
  )
}

interface Values {
  code: string
  zh: string
  en: string
  supply_class?: (typeof CLASSES)[number]
  line: (typeof LINES)[number]
  unit: string
  unit_zh: string
  unit_en: string
  norm?: string
  pack?: string
  pack_zh?: string
  pack_en?: string
  holds?: number
}

const CODE = /^[A-Za-z0-9_.-]+$/

function ListForm({ norms, done, close }: { norms: Items['norms']; done: (id: string) => void; close: () => void }) {
  const w = useSupplies()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('su.required') }]
  const code = { pattern: CODE, message: w.t('sa.lot.form') }
  const submit = ({ pack, pack_zh, pack_en, holds, ...values }: Values) =>
    run(async () => {
      const packs = pack && holds ? [{ code: pack, zh: pack_zh ?? pack, en: pack_en ?? pack, holds }] : []
      await supplies.list({
        ...values,
        supply_class: values.supply_class ?? null,
        norm: values.norm ?? null,
        packs,
        area: session?.area ?? '',
        id,
      })
      done(id)
    })
  const text = (name: keyof Values, rules: object[] = needed) => (
    <Form.Item name={name} label={w.t(`ca.${name as 'code'}`)} rules={rules} {...told(name)}>
      <Input maxLength={100} autoComplete="off" />
    </Form.Item>
  )
  return (
    <Form
      name="item"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ line: 'staff', supply_class: 'protection' }}
    >
      <div className="fields">
        {text('code', [...needed, code])}
        {text('zh')}
        {text('en')}
        <Form.Item name="supply_class" label={w.t('sh.class')} {...told('supply_class')}>
          <Select allowClear options={CLASSES.map((value) => ({ value, label: w.t(`class.${value}`) }))} />
        </Form.Item>
        <Form.Item name="line" label={w.t('sh.line')} rules={needed} {...told('line')}>
          <Select options={LINES.map((value) => ({ value, label: w.t(`line.${value}`) }))} />
        </Form.Item>
        <Form.Item name="norm" label={w.t('ca.norm')} extra={w.t('ca.norm.help')} {...told('norm')}>
          <Select allowClear options={norms.map((one) => ({ value: one.code, label: w.name(one) }))} />
        </Form.Item>
        {text('unit', [...needed, code])}
        {text('unit_zh')}
        {text('unit_en')}
        {text('pack', [code])}
        {text('pack_zh', [])}
        {text('pack_en', [])}
        <Form.Item name="holds" label={w.t('ca.holds')} {...told('holds')}>
          <InputNumber min={2} max={1e9} precision={0} />
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
