import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type StationCard, stations } from '../../api/isolation'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { go } from '../../route'
import { useSession } from '../../session'
import { DUTIES } from './Stations'
import { useSpoken } from './words'

interface Props {
  /** The station whose particulars change; none: a new one is opened. */
  of?: StationCard
  done?: () => void
  close?: () => void
}

/** What is told of a station: it opens with its beds and somebody for each duty. */
export function Particulars({ of, done, close }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('new.required') }]
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const { id } = await stations.open({ ...values, number: values.number || null, station: of?.id ?? null, fact })
      if (done) done()
      else go({ room: 'station', id })
    })
  return (
    <section className={of ? 'sub-form' : 'card'}>
      {of ? <h3>{w.t('act.change')}</h3> : <p className="muted">{w.t('new.text')}</p>}
      <Form
        name="station"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={of ?? { mode: 'central', town: session?.area }}
      >
        <div className="fields">
          <Form.Item name="name" label={w.t('st.name')} rules={needed} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="number" label={w.t('st.number')} {...told('number')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="mode" label={w.t('st.mode')} rules={needed} {...told('mode')}>
            <Select
              options={(['central', 'hospital'] as const).map((value) => ({ value, label: w.t(`mode.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="capacity" label={w.t('new.capacity')} rules={needed} {...told('capacity')}>
            <InputNumber min={0} max={100_000} precision={0} />
          </Form.Item>
          {DUTIES.map((duty) => (
            <Form.Item
              key={duty}
              name={duty}
              label={w.t(`duty.${duty}`)}
              rules={needed}
              extra={w.t('new.account')}
              {...told(duty)}
            >
              <Input className="mono" maxLength={64} spellCheck={false} autoComplete="off" />
            </Form.Item>
          ))}
          <Form.Item name="staff" label={w.t('st.staff')} extra={w.t('new.staff')} {...told('staff')}>
            <Select mode="tags" open={false} tokenSeparators={[' ', ',', '，', '、']} />
          </Form.Item>
          <Form.Item name="town" label={w.t('st.town')} rules={needed} className="wide" {...told('town')}>
            <AreaField top={session?.area ?? ''} label={w.t('st.town')} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t(of ? 'new.save' : 'new.go')}
          </Button>
          {close && <Button onClick={close}>{w.t('act.cancel')}</Button>}
        </div>
      </Form>
    </section>
  )
}
