import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { choices, type OfArea } from './terms'
import { useSpoken } from './words'

interface Values {
  duty: string
  skill?: string
  team?: string
  places: number
  first: string
  days: number
  since: string
  until: string
}

/** A shift for each of some days. One that ends no later than it begins ends on the day after. */
export function PlanShifts({ area, terms, first, done }: OfArea & { first: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState('')
  const told = refusals(error)
  const teams = useResource(`teams|${area}`, (signal) => mobilisation.teams(area, 0, signal))
  const needed = [{ required: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      const clock = (time: string) => time.slice(0, 5).replace(':', '')
      const times = { since: clock(values.since), until: clock(values.until) }
      const { ids } = await mobilisation.plan({ ...values, ...times, id, area, zone: 'Asia/Shanghai' })
      setId(newId())
      setSaid(w.t('plan.done', { n: w.n(ids.length) }))
      done()
    })
  return (
    <section className="card" aria-labelledby="plan-title">
      <h2 id="plan-title">{w.t('rota.plan')}</h2>
      <Form
        name="shift"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid('')}
        scrollToFirstError={{ focus: true }}
        initialValues={{ places: 2, first, days: 7, since: '08:00', until: '16:00' }}
      >
        <div className="fields">
          <Form.Item name="duty" label={w.t('rota.duty')} rules={needed} {...told('duty')}>
            <Select options={choices(terms.needs, w.name)} />
          </Form.Item>
          <Form.Item name="skill" label={w.t('mob.skill')} {...told('skill')}>
            <Select allowClear options={choices(terms.skills, w.name)} />
          </Form.Item>
          <Form.Item name="places" label={w.t('plan.places')} rules={needed} {...told('places')}>
            <InputNumber min={1} max={500} precision={0} />
          </Form.Item>
          <Form.Item name="team" label={w.t('plan.team')} {...told('team')}>
            <Select
              allowClear
              popupMatchSelectWidth={false}
              options={(teams.data?.teams ?? [])
                .filter((one) => !one.dissolved)
                .map((one) => ({ value: one.id, label: w.lang === 'en' && one.en ? one.en : one.zh }))}
            />
          </Form.Item>
          <Form.Item name="first" label={w.t('plan.first')} rules={needed} {...told('first')}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="days" label={w.t('plan.days')} rules={needed} {...told('days')}>
            <InputNumber min={1} max={31} precision={0} />
          </Form.Item>
          <Form.Item name="since" label={w.t('plan.since')} rules={needed} {...told('since')}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="until" label={w.t('plan.until')} rules={needed} {...told('until')}>
            <Input type="time" />
          </Form.Item>
        </div>
        <p className="muted small">{w.t('plan.help', { n: w.n(terms.longest_h), rest: w.n(terms.rest_h) })}</p>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('rota.plan')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{said}</p>}</div>
    </section>
  )
}
