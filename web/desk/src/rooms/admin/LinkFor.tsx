import { App, Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { type Account, accounts, type Link } from '../../api/accounts'
import { done, failed } from '../../icons'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** A link by which the owner of an account sets the password. */
export function LinkFor({ account }: { account: Account }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [factor, setFactor] = useState(false)
  const [link, setLink] = useState<Link | null>(null)
  const close = () => {
    setOpen(false)
    setLink(null)
    setFactor(false)
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {w.t('accounts.link.reset')}
      </Button>
      <Modal
        open={open}
        onCancel={close}
        title={w.t('accounts.link.is', { name: account.display_name })}
        footer={link ? null : undefined}
        okText={w.t('accounts.link.go')}
        cancelText={w.t('accounts.cancel')}
        confirmLoading={busy}
        onOk={() => run(async () => setLink(await accounts.link(account.id, factor)))}
      >
        {link ? (
          <LinkShown name={account.display_name} link={link} />
        ) : (
          <>
            {account.welcomed && <p>{w.t('accounts.link.reset.text')}</p>}
            {account.welcomed && (
              <Checkbox checked={factor} onChange={(e) => setFactor(e.target.checked)}>
                {w.t('accounts.link.factor')}
              </Checkbox>
            )}
          </>
        )}
        <Told error={error} />
      </Modal>
    </>
  )
}

/** The link, shown once. */
export function LinkShown({ name, link }: { name: string; link: Link }) {
  const w = useSpoken()
  const { message } = App.useApp()
  const copy = () =>
    navigator.clipboard.writeText(link.url).then(
      () => message.open({ type: 'success', content: w.t('accounts.copied'), icon: done }),
      () => message.open({ type: 'warning', content: w.t('accounts.copy.failed'), icon: failed }),
    )
  return (
    <div className="link-shown" role="status">
      <h3>{w.t('accounts.link.is', { name })}</h3>
      <code className="secret">{link.url}</code>
      <div className="actions">
        <Button onClick={copy}>{w.t('accounts.copy')}</Button>
      </div>
      <p className="muted">{w.t('accounts.link.text', { time: w.stamp(link.expires) })}</p>
    </div>
  )
}
