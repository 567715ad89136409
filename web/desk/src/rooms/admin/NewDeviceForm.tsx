import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Code, devices, type NewDevice } from '../../api/accounts'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule, endOf } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** Roles that work at a post, with a device rather than an account; and a screen on the wall, which ends on a day. */
const WALL = 'wall'
const ROLES = ['checkpoint_staff', 'grid_worker', 'station_staff', 'volunteer', 'volunteer_coordinator', WALL]
const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d$/

/** A device for a post and a shift; then the code that it scans. */
export function NewDeviceForm({ again }: { again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [code, setCode] = useState<Code | null>(null)
  const submit = ({ until, ...rest }: NewDevice) =>
    run(async () => {
      setCode(await devices.make({ ...rest, ...(until ? { until: endOf(until) } : {}) }))
      setOpen(false)
      again()
    })
  const done = () => {
    setCode(null)
    again()
  }
  return (
    <section className="card" aria-label={w.t('devices.new')}>
      <div className="opening">
        <p className="muted">{w.t('devices.new.text')}</p>
        {!open && !code && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {w.t('devices.new')}
          </Button>
        )}
      </div>
      {code && <CodeShown code={code} done={done} />}
      {open && (
        <Form
          layout="vertical"
          requiredMark={false}
          autoComplete="off"
          onFinish={submit}
          initialValues={{ role: ROLES[0], area: session?.area }}
        >
          <DeviceFields />
          <Told error={error} />
          <div className="actions">
            <Button type="primary" htmlType="submit" loading={busy}>
              {w.t('devices.make')}
            </Button>
            <Button onClick={() => setOpen(false)}>{w.t('accounts.cancel')}</Button>
          </div>
        </Form>
      )}
    </section>
  )
}

function DeviceFields() {
  const w = useSpoken()
  const { session } = useSession()
  const form = Form.useFormInstance<NewDevice>()
  const roles = useResource('permissions', permissions).data?.roles.filter((r) => ROLES.includes(r.id)) ?? []
  const wall = Form.useWatch('role', form) === WALL
  const needed = { required: true, whitespace: true, message: w.t('accounts.needed') }
  const both = {
    validator: () => {
      const { shift_from: from, shift_to: to } = form.getFieldsValue()
      const good = from || to ? CLOCK.test(from ?? '') && CLOCK.test(to ?? '') : true
      return good ? Promise.resolve() : Promise.reject(new Error(w.t('devices.shift.bad')))
    },
  }
  return (
    <div className="fields">
      <Form.Item name="title" label={w.t('devices.name')} rules={[needed]}>
        <Input maxLength={64} autoFocus />
      </Form.Item>
      <Form.Item name="role" label={w.t('devices.role')} rules={[needed]}>
        <Select options={roles.map((r) => ({ value: r.id, label: w.name(r) }))} />
      </Form.Item>
      <Form.Item
        name="post"
        label={w.t('devices.post')}
        rules={[needed, { pattern: /^[\w.-]{1,64}$/, message: w.t('devices.post.bad') }]}
      >
        <Input maxLength={64} spellCheck={false} />
      </Form.Item>
      <Form.Item name="area" label={w.t('devices.area')} className="wide">
        <AreaField top={session?.area ?? ''} label={w.t('devices.area')} />
      </Form.Item>
      <Form.Item name="shift_from" label={w.t('devices.shift.from')} extra={w.t('devices.shift.form')}>
        <Input maxLength={5} placeholder="08:00" />
      </Form.Item>
      <Form.Item name="shift_to" label={w.t('devices.shift.to')} rules={[both]}>
        <Input maxLength={5} placeholder="20:00" />
      </Form.Item>
      <Form.Item
        name="until"
        label={w.t('devices.until')}
        extra={w.t(wall ? 'devices.until.wall' : 'devices.until.form')}
        rules={[dayRule(w.t('accounts.date.bad')), ...(wall ? [needed] : [])]}
      >
        <DayField placeholder="2020-03-31" />
      </Form.Item>
    </div>
  )
}

/** Shown once, to be scanned. */
function CodeShown({ code, done }: { code: Code; done: () => void }) {
  const w = useSpoken()
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(code.qr_svg)}`
  return (
    <div className="link-shown" role="status">
      <h3>{w.t('devices.code.title')}</h3>
      <img className="qr" src={picture} width={240} height={240} alt={w.t('devices.code.picture')} />
      <code className="secret">{code.url}</code>
      <p className="muted">{w.t('devices.code.text', { time: w.stamp(code.expires) })}</p>
      <div className="actions">
        <Button type="primary" onClick={done}>
          {w.t('devices.done')}
        </Button>
      </div>
    </div>
  )
}
