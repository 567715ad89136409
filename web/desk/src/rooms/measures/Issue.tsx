import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { command, type Matrix, type Measure } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { titled } from '../plans/titled'
import { useSpoken } from './words'

const SORTS = [
  'gathering',
  'travel',
  'movement',
  'venue',
  'hygiene',
  'monitoring',
  'care',
  'supply',
  'information',
  'other',
] as const

const MOST_UNITS = 100

interface Values {
  doc_no: string
  basis: string
  approver: string
  starts: string
  ends?: string
  review?: string
  sort: Measure['sort']
  lines: string
  /** Codes of units that are known, and names of new ones. */
  units: string[]
}

type Unit = Matrix['known'][number]

/** The measures of one document: one a line, each given to the units that are chosen. */
export function Issue({ area }: { area: string }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [said, setSaid] = useState(0)
  const found = useResource(`matrix|${area}`, (signal) => command.matrix(area, signal), 'keep', ['command'])
  const known = found.data?.known ?? []
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const chosen = [{ required: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      const { ids } = await command.issue(body(area, values, known))
      form.resetFields()
      setSaid(ids.length)
      found.retry()
    })
  const text = <Input maxLength={200} autoComplete="off" />
  return (
    <section className="card" aria-label={w.t('me.tab.issue')}>
      <p className="muted">{w.t('me.issue.text')}</p>
      <Form
        form={form}
        name="measures"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid(0)}
        scrollToFirstError={{ focus: true }}
        initialValues={{ sort: 'other' }}
      >
        <div className="fields">
          {(['doc_no', 'basis', 'approver'] as const).map((one) => (
            <Form.Item key={one} name={one} label={w.t(`me.in.${one}`)} rules={needed} {...told(one)}>
              {text}
            </Form.Item>
          ))}
          <Form.Item name="sort" label={w.t('me.in.sort')} {...told('exempt')}>
            <Select options={SORTS.map((one) => ({ value: one, label: w.t(`me.sort.${one}`) }))} />
          </Form.Item>
          <Form.Item name="starts" label={w.t('me.in.starts')} rules={needed} {...told('starts')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="ends" label={w.t('me.in.ends')} {...told('ends')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="review" label={w.t('me.in.review')} {...told('review')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="units" label={w.t('me.in.units')} rules={chosen} {...told('units')}>
            <Select
              mode="tags"
              maxCount={MOST_UNITS}
              tokenSeparators={[',', '，', '、', ';', '；']}
              loading={found.loading}
              showSearch={{ optionFilterProp: 'label' }}
              options={known.map((one) => ({ value: one.code, label: w.name(titled(one)) }))}
            />
          </Form.Item>
          <Form.Item name="lines" className="wide" label={w.t('me.in.lines')} rules={needed} {...told('zh')}>
            <Input.TextArea rows={8} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('me.issue')}
          </Button>
        </div>
      </Form>
      <div role="status">{said > 0 && <p>{w.t('me.issued', { n: w.n(said) })}</p>}</div>
    </section>
  )
}

/** A line is a measure, numbered in its order; a unit that nobody named before has a code of its own. */
function body(area: string, values: Values, known: Unit[]): Parameters<typeof command.issue>[0] {
  const units = values.units.map(
    (one) => known.find((its) => its.code === one) ?? { code: `unit-${newId().slice(-12)}`, zh: one.trim(), en: '' },
  )
  const lines = values.lines.split('\n').filter((one) => one.trim())
  const { doc_no, basis, approver, starts, sort } = values
  const exempt = sort === 'movement' ? (['medical', 'supply'] as const) : []
  return {
    area,
    doc_no,
    basis,
    approver,
    starts,
    ends: values.ends || null,
    review: values.review || null,
    measures: lines.map((zh, at) => ({
      number: at + 1,
      sort,
      zh: zh.trim(),
      en: '',
      units,
      exempt: [...exempt],
    })),
  }
}
