import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** How many households another source counts in an area: what the register is held against. */
export function Reference({ area, name, done }: { area: string; name: string; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('round.required') }]
  if (!may('screening.manage')) return null
  const submit = ({ households, source }: { households: number; source: string }) =>
    run(async () => {
      await screening.refer(area, households, source)
      setOpen(false)
      setSaid(w.t('ref.said'))
      done()
    })
  if (!open)
    return (
      <p className="reference">
        <Button onClick={() => setOpen(true)}>{w.t('ref.add')}</Button> <span role="status">{said}</span>
      </p>
    )
  return (
    <Form name="reference" layout="vertical" className="card sub-form" requiredMark={false} onFinish={submit}>
      <h3>{w.t('ref.title', { area: name })}</h3>
      <p className="muted">{w.t('ref.text')}</p>
      <div className="fields">
        <Form.Item name="households" label={w.t('ref.n')} rules={needed} {...told('households')}>
          <InputNumber min={0} max={2_000_000_000} precision={0} />
        </Form.Item>
        <Form.Item name="source" label={w.t('ref.source')} rules={needed} {...told('source')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('ref.go')}
        </Button>
        <Button onClick={() => setOpen(false)}>{w.t('round.cancel')}</Button>
      </div>
    </Form>
  )
}
