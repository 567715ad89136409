import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { type Grade, warning } from '../../api/warning'
import { useAct } from '../../forms/act'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { DISEASE } from './about'
import { useSpoken } from './words'

const MOST_LETTERS = 500

interface Props {
  scheme: 'county' | 'community'
  area: string
  grades: Grade[]
  done: () => void
}

/** A person's decision where the rule leaves it to one: with its reason, and never for good. */
export function Decide({ scheme, area, grades, done }: Props) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const { busy, error, run } = useAct()
  const send = ({ to, reason, until }: { to: string; reason: string; until: string }) =>
    run(async () => {
      await warning.decide({ scheme, area, disease: DISEASE, to, reason: reason.trim(), until })
      setOpen(false)
      done()
    })
  const needed = (message: string) => [{ required: true, whitespace: true, message }]
  return (
    <div className="decide">
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('de.open')}
      </Button>
      {open && (
        <Form layout="vertical" size="small" onFinish={send} aria-label={w.t('de.open')}>
          <Form.Item name="to" label={w.t('de.to')} rules={needed(w.t('de.to.needed'))}>
            <Radio.Group options={grades.map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item name="reason" label={w.t('de.reason')} rules={needed(w.t('de.reason.needed'))}>
            <Input.TextArea rows={2} maxLength={MOST_LETTERS} />
          </Form.Item>
          <Form.Item
            name="until"
            label={w.t('de.until')}
            rules={[...needed(w.t('de.until.needed')), dayRule(w.t('de.until.needed'))]}
          >
            <DayField placeholder="2020-02-13" />
          </Form.Item>
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('de.send')}
          </Button>
        </Form>
      )}
    </div>
  )
}
