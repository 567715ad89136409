import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { gates, type PostCard, type Vehicle } from '../../api/gates'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { labelOf } from './Meet'
import { useTerms } from './terms'
import { useSpoken } from './words'

interface Props {
  post: PostCard
  cars: Vehicle[]
  done: () => void
}

/** The vehicles that wait: each goes on once all in it were measured or have refused. */
export function Cars({ post, cars, done }: Props) {
  const w = useSpoken()
  const terms = useTerms()
  const [form] = Form.useForm()
  const { busy, error, run } = useAct()
  const [vehicle, setVehicle] = useState(newId)
  const told = refusals(error)
  const stop = ({ plate, phone, ...values }: Record<string, string>) =>
    run(async () => {
      await gates.stop(post.id, { ...values, contact: { plate: plate ?? '', phone: phone ?? '' }, vehicle })
      setVehicle(newId())
      form.resetFields()
      done()
    })
  const pass = (id: string) =>
    run(async () => {
      await gates.pass(id)
      done()
    })
  return (
    <section className="card">
      <h2>{w.t('car.title')}</h2>
      {!cars.length && <p className="muted">{w.t('car.none')}</p>}
      <ul className="cars">
        {cars.map((one) => (
          <li key={one.id}>
            <span>{labelOf(one, terms.name, w.stamp)}</span>
            <span className={one.missing ? 'late' : 'muted'}>
              {w.t(one.missing ? 'car.left' : 'car.ready', { n: w.n(one.occupants), missing: w.n(one.missing) })}
            </span>
            <Button size="small" disabled={one.missing > 0} loading={busy} onClick={() => pass(one.id)}>
              {w.t('car.pass')}
            </Button>
          </li>
        ))}
      </ul>
      <Form
        form={form}
        name="vehicle"
        layout="vertical"
        requiredMark={false}
        onFinish={stop}
        initialValues={{ vehicle_type: 'car', occupants: 1 }}
      >
        <div className="fields">
          <Form.Item name="vehicle_type" label={w.t('car.type')} {...told('vehicle_type')}>
            <Select options={terms.options('vehicle_types')} />
          </Form.Item>
          <Form.Item
            name="occupants"
            label={w.t('car.occupants')}
            rules={[{ required: true, message: w.t('act.required') }]}
            {...told('occupants')}
          >
            <InputNumber min={1} max={2000} precision={0} />
          </Form.Item>
          <Form.Item name="plate" label={w.t('car.plate')} {...told('contact.plate')}>
            <Input maxLength={20} autoComplete="off" />
          </Form.Item>
          <Form.Item name="phone" label={w.t('meet.phone')} {...told('contact.phone')}>
            <Input inputMode="tel" maxLength={40} autoComplete="off" />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button htmlType="submit" loading={busy}>
            {w.t('car.stop')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
