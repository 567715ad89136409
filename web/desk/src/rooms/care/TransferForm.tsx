import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { type BedType, beds, type Hospital, TYPES, type Transfer } from '../../api/beds'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useBeds } from './beds'

const REASONS = ['severe', 'designated', 'bed_type', 'specialty', 'full', 'recovering'] as const

/** The hospitals that have a free bed of a type, with how many. */
export function useHospitalOptions(type: BedType, but?: string) {
  const w = useBeds()
  const found = useResource('hospitals|', (signal) => beds.hospitals('', signal), 'keep', ['care'])
  const free = (one: Hospital) => one.places.find((its) => its.type === type)?.free ?? 0
  return (found.data?.hospitals ?? [])
    .filter((one) => one.id !== but && free(one) > 0)
    .sort((a, b) => Number(b.severe) - Number(a.severe) || free(b) - free(a))
    .map((one) => ({ value: one.id, label: `${w.name(one)} · ${w.t('bd.free.n', { n: w.n(free(one)) })}` }))
}

interface Values {
  to: string
  type: BedType
  reason: Transfer['why']
}

/** Asks another hospital to take a patient over: only those with a bed of the type are offered. */
export function AskTransfer({
  bed,
  stay,
  from,
  why = 'severe',
  done,
}: {
  bed: string
  stay: string
  from?: string
  why?: Transfer['why']
  done: () => void
}) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const [ids] = useState(() => ({ id: newId(), fact: newId() }))
  const [type, setType] = useState<BedType>('icu')
  const options = useHospitalOptions(type, from)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('bd.required') }]
  const submit = (values: Values) =>
    run(async () => {
      await beds.request({ ...values, ...ids, bed, stay })
      done()
    })
  return (
    <Form
      layout="vertical"
      size="small"
      requiredMark={false}
      onFinish={submit}
      aria-label={w.t('bd.transfer')}
      initialValues={{ type: 'icu', reason: why }}
    >
      <Form.Item name="type" label={w.t('bd.type')} {...told('type')}>
        <Select onChange={setType} options={TYPES.map((value) => ({ value, label: w.t(`bd.type.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="to"
        label={w.t('tr.to')}
        extra={options.length ? undefined : w.t('bd.nowhere')}
        rules={needed}
        {...told('to')}
      >
        <Select options={options} />
      </Form.Item>
      <Form.Item name="reason" label={w.t('bd.reason')} {...told('reason')}>
        <Select options={REASONS.map((value) => ({ value, label: w.t(`tr.why.${value}`) }))} />
      </Form.Item>
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('bd.transfer')}
      </Button>
    </Form>
  )
}
