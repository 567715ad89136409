import { Alert, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { people, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSaved } from './Card'
import { useSpoken } from './words'

/** Erasing for good: a reason, its basis, and a word to type. */
export function Erase({ person, terms, gone }: { person: string; terms: Terms; gone: () => void }) {
  const w = useSpoken()
  const saved = useSaved()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm()
  const word = w.t('card.erase.word')
  const submit = ({ reason_code, basis }: { reason_code: string; basis: string }) =>
    run(async () => {
      await people.erase(person, reason_code, basis)
      setOpen(false)
      saved(w.t('card.erased'))
      gone()
    })
  const needed = { required: true, message: w.t('enter.needed') }
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {w.t('card.erase')}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={w.t('card.erase.title')}
        okText={w.t('card.erase.go')}
        cancelText={w.t('glass.cancel')}
        okButtonProps={{ danger: true }}
        confirmLoading={busy}
        onOk={form.submit}
        destroyOnHidden
      >
        <Alert type="warning" showIcon title={w.t('card.erase.text')} className="told" />
        <Form
          form={form}
          layout="vertical"
          onFinish={submit}
          requiredMark={false}
          initialValues={{ reason_code: 'subject_request', basis: 'subject_request' }}
        >
          <Form.Item name="reason_code" label={w.t('card.erase.reason')} rules={[needed]}>
            <Select options={terms.erase_reasons.map((r) => ({ value: r.id, label: w.name(r) }))} />
          </Form.Item>
          <Form.Item name="basis" label={w.t('card.erase.basis')} rules={[needed]}>
            <Select options={terms.bases.map((b) => ({ value: b.id, label: w.name(b) }))} />
          </Form.Item>
          <Form.Item
            name="typed"
            label={w.t('card.erase.type', { word })}
            rules={[
              {
                validator: (_, typed?: string) =>
                  typed?.trim() === word
                    ? Promise.resolve()
                    : Promise.reject(new Error(w.t('card.erase.type', { word }))),
              },
            ]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        </Form>
        <Told error={error} />
      </Modal>
    </>
  )
}
