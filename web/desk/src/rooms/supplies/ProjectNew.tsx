import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { production } from '../../api/production'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useProduction } from './production'
import type { Recorded } from './Undo'

interface Values {
  zh: string
  en: string
  parts: number
  begins: string
  due: string
  steps: string
}

/** Opens an emergency project: its stages in their order, a line each. */
export function ProjectNew({ area, done }: { area: string; done: (recorded: Recorded) => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const [id, setId] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const text = [{ ...needed[0], whitespace: true }]
  const submit = ({ steps, ...values }: Values) =>
    run(async () => {
      await production.open({ ...values, id, area, steps: stages(steps) })
      setId(newId())
      form.resetFields()
      done({ id, fact: id })
    })
  return (
    <section className="card" aria-labelledby="project-new">
      <h2 id="project-new">{w.t('pj.new')}</h2>
      <Form form={form} name="project" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item name="zh" label={w.t('pj.zh')} rules={text} {...told('zh')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={w.t('pj.en')} rules={text} {...told('en')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="parts" label={w.t('pj.parts')} rules={needed} {...told('parts')}>
            <InputNumber min={1} max={1e7} precision={0} />
          </Form.Item>
          <Form.Item name="begins" label={w.t('lb.begins')} rules={needed} {...told('begins')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="due" label={w.t('sp.due')} rules={needed} {...told('due')}>
            <TimeField />
          </Form.Item>
          <Form.Item
            name="steps"
            label={w.t('pj.steps')}
            extra={w.t('pj.steps.help')}
            rules={text}
            className="wide"
            {...told('steps')}
          >
            <Input.TextArea rows={6} maxLength={2000} spellCheck={false} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('pj.open')}
          </Button>
        </div>
      </Form>
    </section>
  )
}

/** A stage a line: its name in Chinese and, after a slash, in English. */
function stages(told: string) {
  const lines = told.split('\n').map((one) => one.trim())
  return lines.filter(Boolean).map((line, n) => {
    const [zh = '', en] = line.split(/[/／]/).map((one) => one.trim())
    return { code: `s${n + 1}`, zh, en: en || zh }
  })
}
