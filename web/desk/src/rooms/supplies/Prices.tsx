import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Price, type Prices as Board, production } from '../../api/production'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { DayField, dayRule } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useProduction } from './production'
import { type Recorded, Undo } from './Undo'

/** What necessities cost in the shops of an area today, those that differ most from their base first. */
export function Prices({ area }: { area: string }) {
  const w = useProduction()
  const { may } = useSession()
  const [last, setLast] = useState<Recorded | null>(null)
  const found = useResource(`prices|${area}`, (signal) => production.prices(area, '', signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  const goods = new Map(of.goods.map((one) => [one.code, one]))
  const done = (recorded: Recorded | null) => {
    setLast(recorded)
    found.retry()
  }
  return (
    <>
      <section className="card" aria-label={w.t('pd.tab.prices')}>
        <p role="status">
          <b>{w.t('pc.alerts', { n: w.n(of.alerts), out: w.n(of.out), day: w.day(of.day) })}</b>
        </p>
        <p className="muted small">
          {w.t('pc.rule', { percent: w.n(of.alert_percent), days: w.n(of.base_days), before: w.day(of.base_before) })}{' '}
          {w.t('pd.source', { source: w.name({ zh: of.source_zh, en: of.source }) })}
        </p>
        {of.prices.length ? (
          <Grid
            label={w.t('pd.tab.prices')}
            rows={of.prices}
            keyOf={(one) => `${one.area}|${one.outlet}|${one.good}`}
            columns={[
              {
                key: 'good',
                title: w.t('pc.good'),
                head: true,
                cell: (one) => {
                  const good = goods.get(one.good)
                  return good
                    ? w.t('pc.per', {
                        good: w.name(good),
                        unit: w.name({ zh: good.unit_zh, en: good.unit_en }),
                      })
                    : one.good
                },
              },
              {
                key: 'outlet',
                title: w.t('pc.outlet'),
                cell: (one) => (
                  <>
                    {one.outlet}
                    <span className="muted small block">
                      <AreaName code={one.area} />
                    </span>
                  </>
                ),
              },
              { key: 'price', title: w.t('pc.price'), cell: (one) => <Now of={one} /> },
              { key: 'change', title: w.t('pc.change'), cell: (one) => <Change of={one} /> },
            ]}
          />
        ) : (
          <Empty title={w.t('pc.none.title')} text={w.t('pc.none.text')} />
        )}
      </section>
      <Undo last={last} takeBack={production.takeBack} done={() => done(null)} />
      {may('production.manage') && <Say of={of} area={area} done={done} />}
    </>
  )
}

function Now({ of }: { of: Price }) {
  const w = useProduction()
  if (of.supply === 'out') return <span className="tag fails">{w.t('pc.out')}</span>
  if (of.fen === null) return <span className="muted">{w.t('pc.untold')}</span>
  return (
    <>
      {w.t('pc.yuan', { yuan: w.n(of.fen / 100, 2) })}{' '}
      {of.supply === 'short' && <span className="tag">{w.t('pc.short')}</span>}
    </>
  )
}

function Change({ of }: { of: Price }) {
  const w = useProduction()
  if (of.change === null || of.base_fen === null) return <span className="muted">{w.t('pc.no_base')}</span>
  const percent = `${of.change > 0 ? '+' : ''}${w.n(of.change * 100, 1)}`
  return (
    <>
      <span className={of.alert ? 'late' : ''}>{w.t('pc.percent', { percent })}</span>
      <span className="muted small block">{w.t('pc.base', { yuan: w.n(of.base_fen / 100, 2) })}</span>
    </>
  )
}

interface Values {
  outlet: string
  good: string
  day: string
  yuan?: number
  supply: 'enough' | 'short' | 'out'
}

function Say({ of, area, done }: { of: Board; area: string; done: (recorded: Recorded) => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [form] = Form.useForm<Values>()
  const supply = Form.useWatch('supply', form)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = ({ yuan, ...values }: Values) =>
    run(async () => {
      const fen = values.supply === 'out' || yuan === undefined ? null : Math.round(yuan * 100)
      const made = await production.price({ ...values, fen, area, fact })
      done({ id: made.id, fact })
      setFact(newId())
      form.resetFields(['good', 'yuan'])
    })
  return (
    <section className="card" aria-labelledby="price-new">
      <h2 id="price-new">{w.t('pc.new')}</h2>
      <Form
        form={form}
        name="price"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ day: of.day, supply: 'enough' }}
      >
        <div className="fields">
          <Form.Item name="outlet" label={w.t('pc.outlet')} rules={needed} {...told('outlet')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="good" label={w.t('pc.good')} rules={needed} {...told('good')}>
            <Select options={of.goods.map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item
            name="day"
            label={w.t('pr.day_day')}
            rules={[...needed, dayRule(w.t('pd.day.wrong'))]}
            {...told('day')}
          >
            <DayField placeholder="2020-01-28" autoComplete="off" />
          </Form.Item>
          <Form.Item name="supply" label={w.t('pc.supply')} rules={needed} {...told('supply')}>
            <Select
              options={(['enough', 'short', 'out'] as const).map((value) => ({ value, label: w.t(`pc.${value}`) }))}
            />
          </Form.Item>
          {supply !== 'out' && (
            <Form.Item name="yuan" label={w.t('pc.in_yuan')} rules={needed} {...told('fen')}>
              <InputNumber min={0.01} precision={2} />
            </Form.Item>
          )}
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('pd.record')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
