import { Button, Modal } from 'antd'
import { useState } from 'react'
import { people } from '../../api/people'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSpoken } from './words'

/** A code that opens the person's own page, to be handed over by hand. */
export function OwnCode({ person }: { person: string }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<{ code: string; expires: string } | null>(null)
  const make = () => run(async () => setMade(await people.ownCode(person)))
  const close = () => {
    setOpen(false)
    setMade(null)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.t('card.code')}</Button>
      <Modal
        open={open}
        onCancel={close}
        title={w.t('card.code')}
        footer={made ? null : undefined}
        okText={w.t('card.code.go')}
        cancelText={w.t('glass.cancel')}
        confirmLoading={busy}
        onOk={make}
      >
        <p>{w.t('card.code.text')}</p>
        <Told error={error} />
        {made && (
          <div role="status">
            <p className="big-code">{made.code}</p>
            <p className="muted">{w.t('card.code.until', { time: w.stamp(made.expires) })}</p>
          </div>
        )}
      </Modal>
    </>
  )
}
