import { Checkbox, Form, Input, Select } from 'antd'
import { beds, type HospitalCard, TYPES } from '../../api/beds'
import { useAct } from '../../forms/act'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { civilDay } from '../../moments'
import { useSession } from '../../session'
import { useBeds } from './beds'
import { Sheet } from './Sheet'

interface Values {
  ward: string
  numbers: string
  type: HospitalCard['beds'][number]['type']
  temporary?: boolean
  first: string
  last?: string
}

/** Opens beds in a hospital, by their numbers. */
export function AddBeds({ id, done, close }: { id: string; done: () => void; close: () => void }) {
  const w = useBeds()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('bd.required') }]
  const days = [dayRule(w.t('bd.day.form'))]
  const submit = ({ numbers, first, last, ...values }: Values) =>
    run(async () => {
      await beds.open(id, {
        ...values,
        temporary: Boolean(values.temporary),
        numbers: numbers.split(/[\s,，、]+/).filter(Boolean),
        first: plainDay(first),
        last: last ? plainDay(last) : null,
      })
      done()
    })
  return (
    <Sheet<Values>
      name="beds"
      initial={{ type: 'isolation', first: civilDay(session?.server_time ?? '') }}
      busy={busy}
      error={error}
      submit={submit}
      close={close}
    >
      <Form.Item name="type" label={w.t('bd.type')} rules={needed} {...told('type')}>
        <Select options={TYPES.map((value) => ({ value, label: w.t(`bd.type.${value}`) }))} />
      </Form.Item>
      <Form.Item name="ward" label={w.t('bd.ward')} extra={w.t('bd.code.help')} rules={needed} {...told('ward')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="numbers"
        label={w.t('bd.numbers')}
        extra={w.t('bd.numbers.help')}
        rules={needed}
        {...told('numbers')}
      >
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="first" label={w.t('bd.first')} rules={[...needed, ...days]} {...told('first')}>
        <DayField />
      </Form.Item>
      <Form.Item name="last" label={w.t('bd.last')} extra={w.t('bd.last.help')} rules={days} {...told('last')}>
        <DayField />
      </Form.Item>
      <Form.Item name="temporary" valuePropName="checked" {...told('temporary')}>
        <Checkbox>{w.t('bd.temporary')}</Checkbox>
      </Form.Item>
    </Sheet>
  )
}
