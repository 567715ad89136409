import { Button, Checkbox, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../api/client'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Protection, type ProtectionStock, protection, type Stored } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Exposures } from './Exposures'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

const TAGS = { enough: 'tag active', short: 'tag warns', alarm: 'tag fails', unused: 'tag' }
const OF_STORE = { out: 'tag fails', short: 'tag fails', low: 'tag warns', enough: 'tag active', none: 'tag' }

/** For how many days facilities can protect their staff, who was exposed, who fell ill. Nobody is named. */
export function Protect() {
  const w = useWays()
  const { may } = useSession()
  const [last, setLast] = useState<Last | null>(null)
  const found = useResource('protection', protection.board, 'keep', ['care'])
  const stored = useResource('protection-stored', protection.stored, 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const its = found.data
  if (!its.facilities.length) return <Empty title={w.t('pro.none.title')} text={w.t('pro.none.text')} />
  const acted = (one: Last | null) => {
    setLast(one)
    found.retry()
  }
  return (
    <>
      <section className="card" aria-label={w.t('pro.title')}>
        <h2>{w.t('pro.title')}</h2>
        <p className="muted">{w.t('pro.text', { alarm: w.n(its.alarm_days), warn: w.n(its.warn_days) })}</p>
        <p>
          {w.t('pro.infected', { n: w.n(its.infected) })}
          {its.cases !== null && ` · ${w.t('pro.cases', { n: w.n(its.cases) })}`}
        </p>
        {last && <Undo last={last} done={() => acted(null)} />}
        <LongGrid
          label={w.t('pro.title')}
          rows={its.facilities}
          keyOf={(one) => one.id}
          total={its.facilities.length}
          more={null}
          onward={false}
          busy={false}
          columns={[
            { key: 'name', title: w.t('svc.facility'), head: true, cell: (one) => w.name(one) },
            {
              key: 'days',
              title: w.t('pro.days'),
              cell: (one) => {
                const lines = stored.data?.filter((each) => each.facility === one.id) ?? []
                if (!one.stocks.length && !lines.length) return w.t('svc.nothing')
                return (
                  <>
                    {lines.map((each) => (
                      <InStore key={`${each.store}|${each.zh}`} of={each} />
                    ))}
                    {one.stocks.map((each) => (
                      <Days key={each.item} of={each} items={its.items} />
                    ))}
                  </>
                )
              },
            },
          ]}
        />
      </section>
      {may('protection.report') && <State of={its} done={acted} />}
      <Exposures of={its} done={acted} />
    </>
  )
}

/** As the ledger of its store has it. */
function InStore({ of }: { of: Stored }) {
  const w = useWays()
  return (
    <span className="block">
      {w.name(of)}{' '}
      <span className={OF_STORE[of.status]}>
        {of.days === null ? w.t('pro.unused') : w.t('pro.n_days', { n: w.n(of.days) })}
      </span>{' '}
      <span className="muted small">
        {w.t('pro.stored', {
          held: w.n(of.held),
          unit: w.lang === 'zh' ? of.unit_zh : of.unit_en,
          used: w.n(of.per_day),
        })}
      </span>
    </span>
  )
}

function Days({ of, items }: { of: ProtectionStock; items: Protection['items'] }) {
  const w = useWays()
  const item = items.find((one) => one.code === of.item)
  return (
    <span className="block">
      {item && w.name(item)}{' '}
      <span className={TAGS[of.supply]}>
        {of.days === null ? w.t('pro.unused') : w.t('pro.n_days', { n: w.n(of.days) })}
      </span>{' '}
      <span className="muted small">
        {w.t('pro.stock', { stock: w.n(of.stock), used: w.n(of.used_per_day), at: w.stamp(of.at) })}
      </span>
    </span>
  )
}

interface Values {
  facility: string
  item: string
  stock: number
  used_per_day: number
  sure?: boolean
}

function State({ of, done }: { of: Protection; done: (acted: Last) => void }) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('ways.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const made = await protection.state({ ...values, sure: Boolean(values.sure), fact })
      setFact(newId())
      form.resetFields(['stock', 'used_per_day', 'sure'])
      done({ what: w.t('pro.state'), take: () => protection.unstate(values.facility, values.item, made.fact) })
    })
  const only = of.facilities.length === 1 ? of.facilities[0]?.id : undefined
  return (
    <section className="card" aria-label={w.t('pro.state')}>
      <h2>{w.t('pro.state')}</h2>
      <Form
        form={form}
        name="protection"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ facility: only, item: of.items[0]?.code }}
      >
        <div className="fields">
          <Form.Item name="facility" label={w.t('svc.facility')} rules={needed} {...told('facility')}>
            <Select options={of.facilities.map((one) => ({ value: one.id, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item name="item" label={w.t('pro.item')} rules={needed} {...told('item')}>
            <Select options={of.items.map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item name="stock" label={w.t('pro.pieces')} rules={needed} {...told('stock')}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
          <Form.Item name="used_per_day" label={w.t('pro.used')} rules={needed} {...told('used_per_day')}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
          {asks(error) && (
            <Form.Item name="sure" valuePropName="checked" className="wide">
              <Checkbox>{w.t('pro.sure')}</Checkbox>
            </Form.Item>
          )}
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('tri.go')}
          </Button>
        </div>
      </Form>
    </section>
  )
}

/** Whether the server asks if the stock is right. */
function asks(error: unknown): boolean {
  const all = error instanceof ApiError ? ((error.problem?.errors ?? []) as { field?: string }[]) : []
  return all.some((one) => one.field === 'sure')
}
