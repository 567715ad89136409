import { Button, Form } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Undo as Back } from '../../parts/Undo'
import { useSpoken } from './words'

/** A button that does one thing, and says what kept it from it. */
export function Act({ title, act, done }: { title: string; act: () => Promise<unknown>; done: () => void }) {
  const { busy, error, run } = useAct()
  return (
    <>
      <Button size="small" loading={busy} onClick={() => run(() => act().then(done))}>
        {title}
      </Button>
      <Told error={error} />
    </>
  )
}

/** Takes back what one has recorded last of something, where that is one's own. */
export function Undo({
  of,
  take,
  done,
}: {
  of: { id: string; undo: string | null }
  take: (id: string, taken: string) => Promise<unknown>
  done: () => void
}) {
  const { undo } = of
  return undo ? <Back take={() => take(of.id, undo)} done={done} /> : null
}

/** The next page of a list, where there is one. */
export function More({ more, busy, error }: { more: (() => void) | null; busy: boolean; error: unknown }) {
  const w = useSpoken()
  return (
    <>
      <Told error={error} />
      {more && (
        <div className="actions">
          <Button loading={busy} onClick={more}>
            {w.t('mob.more')}
          </Button>
        </div>
      )}
    </>
  )
}

interface SmallProps {
  name: string
  title: string
  initial?: Record<string, unknown>
  fields: [string, string, ReactNode][]
  /** Fields that may stay empty. */
  free?: readonly string[]
  send: (values: Record<string, unknown>) => Promise<unknown>
  done: () => void
  small?: boolean
}

/** A form of a few fields behind a button. */
export function Small({ name, title, initial, fields, free = [], send, done, small }: SmallProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      await send(values)
      setOpen(false)
      done()
    })
  const needed = [{ required: true, message: w.t('required') }]
  return (
    <>
      <div className={small ? 'row-acts' : 'actions'}>
        <Button size={small ? 'small' : undefined} aria-expanded={open} onClick={() => setOpen(!open)}>
          {title}
        </Button>
      </div>
      {open && (
        <Form
          name={name}
          layout="vertical"
          size={small ? 'small' : undefined}
          requiredMark={false}
          onFinish={submit}
          initialValues={initial}
          scrollToFirstError={{ focus: true }}
        >
          <div className="fields">
            {fields.map(([field, label, input]) => (
              <Form.Item
                key={field}
                name={field}
                label={label}
                rules={free.includes(field) ? [] : needed}
                {...told(field)}
              >
                {input}
              </Form.Item>
            ))}
          </div>
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('mob.record')}
          </Button>
        </Form>
      )}
    </>
  )
}
