import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { people } from '../../api/people'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSaved } from './Card'
import { useSpoken } from './words'

/** A note about a person: it lies in the vault, sealed with all else. */
export function Write({ person, again }: { person: string; again: () => void }) {
  const w = useSpoken()
  const saved = useSaved()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const submit = ({ text_class, text }: { text_class: string; text: string }) =>
    run(async () => {
      await people.write(person, text_class, text.trim())
      saved(w.t('card.saved'))
      setOpen(false)
      again()
    })
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{w.t('card.write')}</Button>
      </div>
    )
  return (
    <Form
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      className="sub-form"
      initialValues={{ text_class: 'note' }}
    >
      <Form.Item name="text_class" label={w.t('card.write.class')}>
        <Radio.Group options={(['note', 'counselling'] as const).map((c) => ({ value: c, label: w.t(`text.${c}`) }))} />
      </Form.Item>
      <Form.Item
        name="text"
        label={w.t('card.write.text')}
        rules={[{ required: true, whitespace: true, message: w.t('enter.needed') }]}
      >
        <Input.TextArea rows={4} maxLength={4000} autoFocus />
      </Form.Item>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('card.write.go')}
        </Button>
        <Button onClick={() => setOpen(false)}>{w.t('glass.cancel')}</Button>
      </div>
    </Form>
  )
}
