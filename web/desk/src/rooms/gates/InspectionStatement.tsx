import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { gates, type Inspections } from '../../api/gates'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useInspectionWords } from './InspectionWords'

interface Props {
  of: Inspections['inspections'][number]
  done: () => void
}

/** What those who were inspected say of it; they may add to it. */
export function Statements({ of, done }: Props) {
  const w = useInspectionWords()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [fact, renew] = useState(newId)
  const told = refusals(error)
  const submit = ({ said }: { said: string }) =>
    run(async () => {
      await gates.state(of.id, { said: said.trim(), fact })
      renew(newId())
      setOpen(false)
      done()
    })
  return (
    <>
      {of.statements.map((one) => (
        <p key={one.at}>{w.t('ins.stated', { at: w.stamp(one.at), said: one.said })}</p>
      ))}
      {may('gates.run') && (
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {w.t('ins.state.case')}
        </Button>
      )}
      {open && (
        <Form
          name={`state_${of.id}`}
          layout="vertical"
          className="sub-form"
          requiredMark={false}
          onFinish={submit}
          aria-label={w.t('ins.state.title')}
        >
          <Form.Item
            name="said"
            label={w.t('ins.said')}
            rules={[{ required: true, whitespace: true, message: w.t('act.required') }]}
            {...told('said')}
          >
            <Input.TextArea rows={2} maxLength={1000} autoFocus />
          </Form.Item>
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('act.go')}
          </Button>
        </Form>
      )}
    </>
  )
}
