import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { type Account, accounts } from '../../api/accounts'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule, endOf } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

interface Values {
  role: string
  area: string
  until?: string
}

/** A role over an area, for a time or for good. */
export function Appoint({ account, again }: { account: Account; again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const table = useResource(open ? 'permissions' : null, permissions, 'keep')
  const roles = table.data?.roles.filter((r) => r.appointed) ?? []
  const role = Form.useWatch('role', form)
  const chosen = roles.find((r) => r.id === role)
  const submit = ({ until, ...rest }: Values) =>
    run(async () => {
      await accounts.appoint(account.id, { ...rest, ...(until ? { until: endOf(until) } : {}) })
      setOpen(false)
      again()
    })
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {w.t('accounts.appoint')}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={w.t('accounts.appoint.of', { name: account.display_name })}
        okText={w.t('accounts.appoint.go')}
        cancelText={w.t('accounts.cancel')}
        confirmLoading={busy}
        onOk={form.submit}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={submit}
          preserve={false}
          initialValues={{ area: account.area || session?.area }}
        >
          <Form.Item
            name="role"
            label={w.t('accounts.role')}
            rules={[{ required: true, message: w.t('accounts.needed') }]}
            extra={chosen && (w.lang === 'zh' ? chosen.need_zh : chosen.need_en)}
          >
            <Select loading={table.loading} options={roles.map((r) => ({ value: r.id, label: w.name(r) }))} />
          </Form.Item>
          <Form.Item name="area" label={w.t('devices.area')}>
            <AreaField top={session?.area ?? ''} label={w.t('devices.area')} />
          </Form.Item>
          <Form.Item
            name="until"
            label={w.t('accounts.until')}
            extra={w.t('accounts.until.form')}
            rules={[dayRule(w.t('accounts.date.bad'))]}
          >
            <DayField placeholder="2020-03-31" />
          </Form.Item>
        </Form>
        <Told error={error ?? table.error} />
      </Modal>
    </>
  )
}
