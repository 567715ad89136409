import { App, Button } from 'antd'
import { type Device, devices } from '../../api/accounts'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { NewDeviceForm } from './NewDeviceForm'
import { useSpoken } from './words'

/** Kiosks and field phones. */
export default function Devices() {
  const w = useSpoken()
  const list = useResource('devices', devices.list, 'keep')
  return (
    <>
      <div className="heading">
        <h1>{w.t('devices.title')}</h1>
        <p>{w.t('devices.text')}</p>
      </div>
      <NewDeviceForm again={list.retry} />
      {list.error && <Failure error={list.error} retry={list.retry} told />}
      {!list.data && list.loading && <Loading />}
      {list.data?.length === 0 && <Empty title={w.t('devices.none.title')} text={w.t('devices.none.text')} />}
      {Boolean(list.data?.length) && (
        <section className="card" aria-label={w.t('devices.title')}>
          <DeviceGrid of={list.data ?? []} again={list.retry} />
        </section>
      )}
    </>
  )
}

function DeviceGrid({ of, again }: { of: Device[]; again: () => void }) {
  const w = useSpoken()
  const roles = useResource('permissions', permissions).data?.roles ?? []
  const role = (id: string) => {
    const found = roles.find((r) => r.id === id)
    return found ? w.name(found) : id
  }
  return (
    <Grid
      label={w.t('devices.title')}
      rows={of}
      keyOf={(d) => d.id}
      columns={[
        { key: 'title', title: w.t('devices.name'), head: true, cell: (d) => d.title },
        {
          key: 'role',
          title: w.t('devices.role'),
          cell: (d) => (
            <>
              {role(d.role)}
              <span className="muted block">
                <AreaName code={d.area} /> · {d.post}
              </span>
            </>
          ),
        },
        {
          key: 'shift',
          title: w.t('devices.shift'),
          cell: (d) => (
            <>
              {d.shift_from && d.shift_to
                ? `${d.shift_from.slice(0, 5)}–${d.shift_to.slice(0, 5)}`
                : w.t('devices.shift.all')}
              {d.until && <span className="muted block">{w.t('devices.ends', { time: w.stamp(d.until) })}</span>}
            </>
          ),
        },
        {
          key: 'state',
          title: w.t('devices.state'),
          cell: (d) => <span className={`tag ${d.state}`}>{w.t(`devices.state.${d.state}`)}</span>,
        },
        {
          key: 'acts',
          title: w.t('accounts.acts'),
          cell: (d) => (d.state === 'revoked' || d.state === 'ended' ? null : <Revoke of={d} again={again} />),
          className: 'acts',
        },
      ]}
    />
  )
}

function Revoke({ of, again }: { of: Device; again: () => void }) {
  const w = useSpoken()
  const { modal } = App.useApp()
  const { busy, error, run } = useAct()
  const revoke = () =>
    modal.confirm({
      title: w.t('devices.revoke.sure', { name: of.title }),
      content: w.t('devices.revoke.text'),
      okText: w.t('devices.revoke'),
      cancelText: w.t('accounts.cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        run(async () => {
          await devices.revoke(of.id)
          again()
        }),
    })
  return (
    <>
      <Button size="small" danger onClick={revoke} loading={busy}>
        {w.t('devices.revoke')}
      </Button>
      <Told error={error} />
    </>
  )
}
