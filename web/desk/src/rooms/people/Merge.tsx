import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { people } from '../../api/people'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'

export const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Two pseudonyms that are one person; and back. */
export function Merge() {
  const w = useSpoken()
  const [form] = Form.useForm<{ keep: string; other: string }>()
  const { busy, error, run } = useAct()
  const [merge, setMerge] = useState<string | null>(null)
  const [undone, setUndone] = useState(false)
  const submit = ({ keep, other }: { keep: string; other: string }) =>
    run(async () => {
      setUndone(false)
      setMerge((await people.merge(keep.trim(), other.trim())).id)
    })
  const undo = () => {
    setMerge(null)
    setUndone(true)
  }
  const shape = { pattern: ID, transform: (v: string) => v?.trim(), message: w.t('merge.bad') }
  const needed = { required: true, message: w.t('enter.needed') }
  const differs = {
    validator: (_: unknown, value?: string) =>
      value && value.trim() === form.getFieldValue('keep')?.trim()
        ? Promise.reject(new Error(w.t('merge.same')))
        : Promise.resolve(),
  }
  return (
    <section className="card" aria-labelledby="merge-title">
      <header>
        <h2 id="merge-title">{w.t('merge.title')}</h2>
      </header>
      <p className="muted">{w.t('merge.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} className="narrow-form">
        <Form.Item name="keep" label={w.t('merge.keep')} rules={[needed, shape]} extra={w.t('merge.id')}>
          <Input spellCheck={false} autoComplete="off" className="mono" />
        </Form.Item>
        <Form.Item name="other" label={w.t('merge.other')} rules={[needed, shape, differs]}>
          <Input spellCheck={false} autoComplete="off" className="mono" />
        </Form.Item>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('merge.go')}
        </Button>
      </Form>
      {merge && (
        <Alert
          type="success"
          showIcon
          role="status"
          className="told"
          title={w.t('merge.done')}
          action={<Undo label={w.t('merge.undo')} take={() => people.separate(merge)} done={undo} />}
        />
      )}
      {undone && <Alert type="info" showIcon role="status" className="told" title={w.t('merge.undone')} />}
    </section>
  )
}
