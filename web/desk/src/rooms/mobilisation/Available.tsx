import { Button, Checkbox, Form, Input } from 'antd'
import { mobilisation, type Volunteer } from '../../api/mobilisation'
import { useAct } from '../../forms/act'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { useSpoken } from './words'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

interface Values {
  days: number[]
  since: string
  until: string
}

/** When somebody can be called: days of the week and hours, which may go over midnight. What is told last holds. */
export function Available({ of, done }: { of: Volunteer; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const its = (of.availability?.windows as { days: number[]; since: string; until: string }[] | undefined)?.[0]
  const wall = (clock?: string) => (clock ? `${clock.slice(0, 2)}:${clock.slice(2)}` : undefined)
  const clock = (time: string) => time.slice(0, 5).replace(':', '')
  const submit = ({ days, since, until }: Values) =>
    run(async () => {
      const windows = [{ days, since: clock(since), until: clock(until) }]
      await mobilisation.available(of.id, { first: civilDay(now ?? Date.now()), windows })
      done()
    })
  const needed = [{ required: true, message: w.t('required') }]
  return (
    <Form
      layout="vertical"
      size="small"
      requiredMark={false}
      onFinish={submit}
      aria-label={w.t('vol.hours')}
      initialValues={{
        days: its?.days ?? [...WEEK],
        since: wall(its?.since) ?? '08:00',
        until: wall(its?.until) ?? '20:00',
      }}
    >
      <Form.Item name="days" label={w.t('vol.week')} rules={needed} {...told('days')}>
        <Checkbox.Group options={WEEK.map((value) => ({ value, label: w.t(`vol.day.${value}`) }))} />
      </Form.Item>
      <Form.Item name="since" label={w.t('plan.since')} rules={needed} {...told('since')}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="until" label={w.t('plan.until')} rules={needed} {...told('until')}>
        <Input type="time" />
      </Form.Item>
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('vol.hours.go')}
      </Button>
    </Form>
  )
}
