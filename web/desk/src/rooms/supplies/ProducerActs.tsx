import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Item, type Producer, production } from '../../api/production'
import { useAct } from '../../forms/act'
import { DayField, dayRule } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useProduction } from './production'
import type { Recorded } from './Undo'

const ACTS = ['work', 'output', 'demand'] as const
type Act = (typeof ACTS)[number]

interface Values {
  working: 'stopped' | 'part' | 'full'
  item: string
  day: string
  n: number
}

interface Props {
  of: Producer
  items: Map<string, Item>
  done: (recorded: Recorded) => void
}

/** What a producer says of itself: whether it works, what it made, what is asked of it. */
export function ProducerActs({ of, items, done }: Props) {
  const w = useProduction()
  const [act, setAct] = useState<Act | null>(null)
  return (
    <>
      <div className="row-acts">
        {ACTS.map((one) => (
          <Button key={one} size="small" aria-expanded={act === one} onClick={() => setAct(act === one ? null : one)}>
            {w.t(`pr.act.${one}`)}
          </Button>
        ))}
      </div>
      {act && (
        <Say
          key={act}
          of={of}
          items={items}
          act={act}
          done={(recorded) => {
            setAct(null)
            done(recorded)
          }}
        />
      )}
    </>
  )
}

function Say({ of, items, act, done }: Props & { act: Act }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const day = act === 'output' ? 'day' : 'since'
  const submit = ({ working, item, day, n }: Values) =>
    run(async () => {
      if (act === 'work') await production.work(of.id, { fact, working, since: day })
      else if (act === 'output') await production.output(of.id, { fact, item, day, quantity: n })
      else await production.demand(of.id, { fact, item, since: day, per_day: n })
      done({ id: of.id, fact })
    })
  return (
    <Form
      name={`${act}-${of.id}`}
      layout="vertical"
      size="small"
      requiredMark={false}
      onFinish={submit}
      className="sub-form"
      aria-label={w.t(`pr.act.${act}`)}
      initialValues={{ item: of.makes[0]?.item }}
    >
      {act === 'work' ? (
        <Form.Item name="working" label={w.t('pr.working')} rules={needed} {...told('working')}>
          <Select
            options={(['stopped', 'part', 'full'] as const).map((value) => ({ value, label: w.t(`pr.${value}`) }))}
          />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="item" label={w.t('pd.item')} rules={needed} {...told('item')}>
            <Select
              options={of.makes.map((one) => {
                const item = items.get(one.item)
                return { value: one.item, label: item ? w.name(item) : one.item }
              })}
            />
          </Form.Item>
          <Form.Item
            name="n"
            label={w.t(`pr.n.${act}`)}
            rules={needed}
            {...told(act === 'output' ? 'quantity' : 'per_day')}
          >
            <InputNumber min={0} precision={0} />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="day"
        label={w.t(`pr.${day}_day`)}
        rules={[...needed, dayRule(w.t('pd.day.wrong'))]}
        {...told(day)}
      >
        <DayField placeholder="2020-01-28" autoComplete="off" />
      </Form.Item>
      <Told error={error} />
      <Button type="primary" htmlType="submit" size="small" loading={busy}>
        {w.t('pd.record')}
      </Button>
    </Form>
  )
}
