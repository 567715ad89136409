import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useFilter } from '../../route'
import { choices, type OfArea } from './terms'
import { useSpoken } from './words'

interface Values {
  need: string
  heads: number
  skill?: string
  starts: string
  ends?: string | null
  place?: string
  departments: string[]
}

/** Calling departments for hands. */
export function PlaceCall({ area, terms, done }: OfArea & { done: () => void }) {
  const w = useSpoken()
  const [filter] = useFilter()
  const { busy, error, run } = useAct()
  const departments = useResource(`departments|${area}`, (signal) => mobilisation.departments(area, signal))
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState('')
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      const { unreached } = await mobilisation.place({ place: '', ...values, ends: values.ends || null, id, area })
      setId(newId())
      form.resetFields()
      setSaid(
        unreached.length
          ? w.t('call.unreached', { who: unreached.join(' ') })
          : w.t('call.done', { n: w.n(terms.answer_min) }),
      )
      done()
    })
  return (
    <section className="card" aria-labelledby="call-new">
      <h2 id="call-new">{w.t('call.new')}</h2>
      <Form
        form={form}
        name="call"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid('')}
        scrollToFirstError={{ focus: true }}
        initialValues={{ heads: Number(filter.heads) || 10 }}
      >
        <div className="fields">
          <Form.Item name="need" label={w.t('call.need')} rules={needed} {...told('need')}>
            <Select options={choices(terms.needs, w.name)} />
          </Form.Item>
          <Form.Item name="heads" label={w.t('call.heads')} rules={needed} {...told('heads')}>
            <InputNumber min={1} max={100000} precision={0} />
          </Form.Item>
          <Form.Item name="skill" label={w.t('mob.skill')} {...told('skill')}>
            <Select allowClear options={choices(terms.skills, w.name)} />
          </Form.Item>
          <Form.Item name="starts" label={w.t('call.from')} rules={needed} {...told('starts')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="ends" label={w.t('call.until')} {...told('ends')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="place" label={w.t('call.place')} {...told('place')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="departments"
            className="wide"
            label={w.t('call.departments')}
            rules={needed}
            {...told('departments')}
          >
            <Select
              mode="multiple"
              loading={departments.loading}
              options={(departments.data ?? []).map((one) => ({ value: one.account, label: one.name || one.account }))}
            />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('call.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{said}</p>}</div>
    </section>
  )
}
