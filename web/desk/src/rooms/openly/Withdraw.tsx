import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  withdraw: (reason: string) => Promise<unknown>
  takeBack: (() => Promise<unknown>) | null
  done: () => void
}

/** Takes something from the public page with a reason, or undoes what one has published by mistake. */
export function Withdraw({ withdraw, takeBack, done }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  return (
    <>
      <div className="actions">
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {w.t('op.withdraw')}
        </Button>
        {takeBack && (
          <Button size="small" loading={busy} onClick={() => run(() => takeBack().then(done))}>
            {w.t('op.take_back')}
          </Button>
        )}
      </div>
      {open && (
        <Form
          layout="vertical"
          size="small"
          requiredMark={false}
          onFinish={({ reason }: { reason: string }) => run(() => withdraw(reason).then(done))}
        >
          <Form.Item
            name="reason"
            label={w.t('op.reason')}
            rules={[{ required: true, whitespace: true, message: w.t('op.needed') }]}
            {...told('reason')}
          >
            <Input maxLength={2000} />
          </Form.Item>
          <Button htmlType="submit" loading={busy}>
            {w.t('op.withdraw')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </>
  )
}
