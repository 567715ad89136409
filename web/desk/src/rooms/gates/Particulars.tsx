import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { gates } from '../../api/gates'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { go } from '../../route'
import { useSession } from '../../session'
import { useTerms } from './terms'
import { useSpoken } from './words'

/** What is told of a post when it is set up. */
export function Particulars() {
  const w = useSpoken()
  const terms = useTerms()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('act.required') }]
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const { id } = await gates.open({
        ...values,
        number: values.number || null,
        department: values.department ?? '',
        telephone: values.telephone ?? '',
        fact,
      })
      go({ room: 'gate', id })
    })
  return (
    <section className="card">
      <p className="muted">{w.t('new.text')}</p>
      <Form
        name="post"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={{ kind_of: 'point', town: session?.area, opens_min: 0, closes_min: 1440 }}
      >
        <div className="fields">
          <Form.Item name="name" label={w.t('gt.name')} rules={needed} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="number" label={w.t('gt.number')} {...told('number')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="kind_of" label={w.t('gt.kind')} rules={needed} {...told('kind_of')}>
            <Select
              options={(['point', 'station', 'clinic'] as const).map((value) => ({
                value,
                label: w.t(`gt.kind.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="place_type" label={w.t('gt.place_type')} rules={needed} {...told('place_type')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={terms.options('place_types')} />
          </Form.Item>
          <Form.Item name="department" label={w.t('gt.department')} {...told('department')}>
            <Select allowClear options={terms.options('departments')} placeholder={w.t('gt.department.none')} />
          </Form.Item>
          <Form.Item name="lead" label={w.t('gt.lead')} rules={needed} {...told('lead')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="telephone" label={w.t('gt.telephone')} {...told('telephone')}>
            <Input maxLength={20} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <Form.Item name="opens_min" label={w.t('gt.opens')} {...told('opens_min')}>
            <InputNumber min={0} max={1440} precision={0} />
          </Form.Item>
          <Form.Item name="closes_min" label={w.t('gt.closes')} {...told('closes_min')}>
            <InputNumber min={0} max={1440} precision={0} />
          </Form.Item>
          <Form.Item name="east_deg" label={w.t('gt.lon')} {...told('east_deg')}>
            <InputNumber min={-180} max={180} step={0.0001} />
          </Form.Item>
          <Form.Item name="north_deg" label={w.t('gt.lat')} {...told('north_deg')}>
            <InputNumber min={-90} max={90} step={0.0001} />
          </Form.Item>
          <Form.Item name="town" label={w.t('gt.town')} rules={needed} className="wide" {...told('town')}>
            <AreaField top={session?.area ?? ''} label={w.t('gt.town')} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('new.go')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
