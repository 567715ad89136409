import { Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { beds, type Hospital, type HospitalCard } from '../../api/beds'
import { newId } from '../../api/once'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { useBeds } from './beds'
import { Sheet } from './Sheet'

const LEVELS = ['tertiary', 'secondary', 'primary', 'community', 'clinic'] as const

interface Values {
  zh: string
  en?: string
  code: string
  level: Hospital['level']
  designated?: boolean
  severe?: boolean
  specialties?: string[]
}

interface Props {
  area: string
  known: HospitalCard['known_specialties']
  /** The hospital whose particulars are replaced; none: a new one. */
  of?: Hospital
  done: () => void
  close: () => void
}

/** The particulars of a hospital: name, level, what it is designated and qualified for, specialties. */
export function HospitalForm({ area, known, of, done, close }: Props) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const [ids] = useState(() => ({ id: of?.id ?? newId(), fact: newId() }))
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('bd.required') }]
  const submit = (values: Values) =>
    run(async () => {
      await beds.register({
        ...values,
        ...ids,
        en: values.en ?? '',
        designated: Boolean(values.designated),
        severe: Boolean(values.severe),
        specialties: values.specialties ?? [],
        area,
      })
      done()
    })
  return (
    <Sheet<Values>
      name="hospital"
      initial={of ?? { level: 'secondary' }}
      busy={busy}
      error={error}
      submit={submit}
      close={close}
      head={
        <p>
          <AreaName code={area} />
        </p>
      }
    >
      <Form.Item name="zh" label={w.t('bd.name.zh')} rules={needed} {...told('zh')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="en" label={w.t('bd.name.en')} {...told('en')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="code" label={w.t('bd.code')} extra={w.t('bd.code.help')} rules={needed} {...told('code')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="level" label={w.t('bd.level')} rules={needed} {...told('level')}>
        <Select options={LEVELS.map((value) => ({ value, label: w.t(`bd.level.${value}`) }))} />
      </Form.Item>
      <Form.Item name="specialties" label={w.t('bd.specialties')} {...told('specialties')}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={known.map((one) => ({ value: one.code, label: w.name(one) }))}
        />
      </Form.Item>
      <Form.Item name="designated" valuePropName="checked" {...told('designated')}>
        <Checkbox>{w.t('bd.designated')}</Checkbox>
      </Form.Item>
      <Form.Item name="severe" valuePropName="checked" {...told('severe')}>
        <Checkbox>{w.t('bd.severe')}</Checkbox>
      </Form.Item>
    </Sheet>
  )
}
