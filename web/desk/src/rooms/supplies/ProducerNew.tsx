import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { production } from '../../api/production'
import { useResource } from '../../api/resource'
import { supplies } from '../../api/supplies'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useProduction } from './production'

interface Values {
  name: string
  en?: string
  item: string
  per_day: number
}

/** Puts a producer on record with what it makes. */
export function ProducerNew({ area, done }: { area: string; done: () => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const [id, setId] = useState(newId)
  const items = useResource('supply-items', supplies.items, 'keep', ['supplies'])
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = ({ name, en, item, per_day }: Values) =>
    run(async () => {
      await production.list({ id, area, name, en: en ?? '', makes: [{ item, per_day }] })
      setId(newId())
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-labelledby="producer-new">
      <h2 id="producer-new">{w.t('pr.new')}</h2>
      <Form form={form} name="producer" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item name="name" label={w.t('pr.name')} rules={[{ ...needed[0], whitespace: true }]} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={w.t('pr.en')} {...told('en')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="item" label={w.t('pd.item')} rules={needed} {...told('item')}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={items.data?.items.map((one) => ({ value: one.id, label: w.name(one) }))}
            />
          </Form.Item>
          <Form.Item name="per_day" label={w.t('pr.per_day')} rules={needed} {...told('makes.0.per_day')}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
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
