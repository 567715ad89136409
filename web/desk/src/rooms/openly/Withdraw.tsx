import { Button, Form, Input } from 'antd'
import { useId, useState } from 'react'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

interface Props {
  withdraw: (reason: string) => Promise<unknown>
  done: () => void
}

/** Takes something from the public page, with a reason. */
export function Withdraw({ withdraw, done }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const id = useId()
  const told = refusals(error)
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('op.withdraw')}
      </Button>
      {open && (
        <Form
          name={id}
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
