import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { type Account, accounts } from '../../api/accounts'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Appoint } from './Appoint'
import { Invite } from './Invite'
import { LinkFor } from './LinkFor'
import { type Spoken, useSpoken } from './words'

const MANY = 8

/** Who may sign in, and as what. */
export default function Accounts() {
  const w = useSpoken()
  const list = useResource('accounts', accounts.list, 'keep')
  const [sought, setSought] = useState('')
  const all = list.data ?? []
  const shown = all.filter((a) =>
    `${a.display_name}\n${a.username}`.toLowerCase().includes(sought.trim().toLowerCase()),
  )
  return (
    <>
      <div className="heading">
        <h1>{w.t('accounts.title')}</h1>
        <p>{w.t('accounts.text')}</p>
      </div>
      <Invite again={list.retry} />
      {list.error && <Failure error={list.error} retry={list.retry} told />}
      {!list.data && list.loading && <Loading />}
      {list.data?.length === 0 && <Empty title={w.t('accounts.none.title')} text={w.t('accounts.none.text')} />}
      {all.length > 0 && (
        <section className="card" aria-label={w.t('accounts.title')}>
          {all.length > MANY && (
            <Input
              className="filter"
              aria-label={w.t('accounts.find')}
              placeholder={w.t('accounts.find')}
              value={sought}
              onChange={(e) => setSought(e.target.value)}
            />
          )}
          <AccountGrid of={shown} again={list.retry} />
        </section>
      )}
    </>
  )
}

function AccountGrid({ of, again }: { of: Account[]; again: () => void }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('accounts.title')}
      rows={of}
      keyOf={(a) => a.id}
      columns={[
        {
          key: 'name',
          title: w.t('accounts.name'),
          head: true,
          cell: (a) => (
            <>
              {a.display_name}
              <span className="muted block">{a.username}</span>
            </>
          ),
        },
        { key: 'state', title: w.t('accounts.state'), cell: (a) => <State of={a} /> },
        {
          key: 'roles',
          title: w.t('accounts.roles'),
          cell: (a) => <Roles of={a} again={again} />,
          className: 'roomy',
        },
        { key: 'acts', title: w.t('accounts.acts'), cell: (a) => <Acts of={a} again={again} />, className: 'acts' },
      ]}
    />
  )
}

function State({ of }: { of: Account }) {
  const w = useSpoken()
  const state = of.active ? (of.welcomed ? 'active' : 'invited') : 'disabled'
  return <span className={`tag ${state}`}>{w.t(`accounts.state.${state}`)}</span>
}

export function hatTitle(hat: Account['appointments'][number], w: Spoken): { role: string; area: string } {
  return w.lang === 'zh' ? { role: hat.role_zh, area: hat.area_zh } : { role: hat.role_en, area: hat.area_en }
}

function Roles({ of, again }: { of: Account; again: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const now = Date.now()
  const held = of.appointments.filter((a) => !a.until || Date.parse(a.until) > now)
  const end = (id: string) =>
    run(async () => {
      await accounts.end(id)
      again()
    })
  if (!held.length) return <span className="null">{w.t('accounts.roles.none')}</span>
  return (
    <>
      <ul className="held">
        {held.map((hat) => {
          const { role, area } = hatTitle(hat, w)
          return (
            <li key={hat.id}>
              <span>
                {role} · {area}
                {hat.until && <small className="muted"> {w.t('accounts.until.is', { date: w.day(hat.until) })}</small>}
              </span>
              <Button
                size="small"
                type="text"
                disabled={busy}
                onClick={() => end(hat.id)}
                aria-label={w.t('accounts.end.of', { role, area })}
              >
                {w.t('accounts.end')}
              </Button>
            </li>
          )
        })}
      </ul>
      <Told error={error} />
    </>
  )
}

function Acts({ of, again }: { of: Account; again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const { modal } = App.useApp()
  const { busy, error, run } = useAct()
  const set = (active: boolean) =>
    run(async () => {
      await accounts.change(of.id, { active })
      again()
    })
  const disable = () =>
    modal.confirm({
      title: w.t('accounts.disable.sure', { name: of.display_name }),
      content: w.t('accounts.disable.text'),
      okText: w.t('accounts.disable'),
      cancelText: w.t('accounts.cancel'),
      okButtonProps: { danger: true },
      onOk: () => set(false),
    })
  const self = of.id === session?.account
  return (
    <div className="actions">
      {of.active && !self && <Appoint account={of} again={again} />}
      {of.active && <LinkFor account={of} />}
      {of.active && !self && (
        <Button size="small" danger onClick={disable} loading={busy}>
          {w.t('accounts.disable')}
        </Button>
      )}
      {!of.active && (
        <Button size="small" onClick={() => set(true)} loading={busy}>
          {w.t('accounts.enable')}
        </Button>
      )}
      <Told error={error} />
    </div>
  )
}
