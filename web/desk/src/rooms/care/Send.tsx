import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useResource } from '../../api/resource'
import { ask, query } from '../../api/client'
import { newId } from '../../api/people'
import { referrals } from '../../api/triage'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import type { Last } from './Undo'
import { useWays } from './ways'

const REASONS = ['fever', 'symptoms', 'contact', 'returned', 'other'] as const

interface Values {
  to: string
  reason: (typeof REASONS)[number]
  person?: string
  facility?: string
}

/** Sends somebody to a fever clinic. The clinics are those that the public is told of. */
export function Send({ done }: { done: (acted: Last) => void }) {
  const w = useWays()
  const { session } = useSession()
  const [open, setOpen] = useState(false)
  const [ids, setIds] = useState(fresh)
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const area = session?.area ?? ''
  const clinics = useResource(open ? `clinics|${county(area)}` : null, (signal) =>
    ask<Schemas['CareOut']>(`/care${query({ area: county(area) })}`, { signal }),
  )
  // A doctor sends from a facility of primary care: which one is needed.
  const primary = session?.role === 'clinic_doctor'
  const facilities = useResource(open && primary ? 'facilities' : null, referrals.facilities)
  const told = refusals(error)
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{w.t('ref.new')}</Button>
      </div>
    )
  const origin = primary ? 'primary_care' : session?.role === 'station_staff' ? 'station' : 'community'
  const submit = (values: Values) =>
    run(async () => {
      const made = await referrals.send({ ...values, person: values.person?.trim() || null, area, origin, ...ids })
      setIds(fresh())
      form.resetFields()
      setOpen(false)
      done({ what: w.t('ref.new'), take: () => referrals.takeBack(made.id, made.fact) })
    })
  const needed = [{ required: true, message: w.t('ways.required') }]
  return (
    <section className="card" aria-label={w.t('ref.new')}>
      <h2>{w.t('ref.new')}</h2>
      <p className="muted">{w.t('ref.text')}</p>
      <Form form={form} name="referral" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item name="to" label={w.t('ref.to')} rules={needed} {...told('to')}>
            <Select
              loading={clinics.loading}
              options={(clinics.data?.clinics ?? []).map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
          {primary && (
            <Form.Item name="facility" label={w.t('ref.from')} rules={needed} {...told('facility')}>
              <Select
                loading={facilities.loading}
                options={(facilities.data ?? []).map((one) => ({ value: one.id, label: w.name(one) }))}
              />
            </Form.Item>
          )}
          <Form.Item name="reason" label={w.t('ref.reason')} rules={needed} {...told('reason')}>
            <Select options={REASONS.map((value) => ({ value, label: w.t(`ref.reason.${value}`) }))} />
          </Form.Item>
          <Form.Item name="person" label={w.t('ref.person')} extra={w.t('ref.person.help')} {...told('person')}>
            <Input className="mono" maxLength={40} spellCheck={false} autoComplete="off" />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('ref.go')}
          </Button>
          <Button onClick={() => setOpen(false)}>{w.t('ways.cancel')}</Button>
        </div>
      </Form>
    </section>
  )
}

function fresh() {
  return { id: newId(), fact: newId() }
}

/** The county of a division: clinics are looked for there. */
function county(area: string): string {
  return area.slice(0, 6)
}
