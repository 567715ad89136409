import { Button, Form } from 'antd'
import { useState } from 'react'
import { type Estimates, warning } from '../../api/warning'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { Reason } from './Limits'
import { useSpoken } from './words'

/** Whether the forecast may be quoted: in which role somebody signed it off, or that it is internal. */
export function SignOff({ of, changed }: { of: Estimates; changed: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { signed } = of
  return (
    <>
      <p className="muted small">
        {signed
          ? w.t('so.signed', {
              role: w.name({ zh: signed.role_zh, en: signed.role_en }),
              at: w.stamp(signed.at),
              until: w.day(signed.until),
              reason: signed.reason,
            })
          : w.t('so.internal')}
      </p>
      {of.digest && may('forecasts.sign_off') && <Act of={of} digest={of.digest} changed={changed} />}
    </>
  )
}

/** Signs the figures that are shown off, or takes that back. */
function Act({ of, digest, changed }: { of: Estimates; digest: string; changed: () => void }) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const { busy, error, run } = useAct()
  const { area, disease, as_of, known_at, signed } = of
  const act = signed ? w.t('so.withdraw') : w.t('so.sign')
  const send = ({ reason }: { reason: string }) =>
    run(async () => {
      if (signed) await warning.withdrawSignOff(signed.id, reason)
      else await warning.signOff({ area, disease, as_of, known_at, digest, reason })
      setOpen(false)
      changed()
    })
  return (
    <div className="decide">
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {act}
      </Button>
      {open && (
        <Form layout="vertical" size="small" onFinish={send} aria-label={act}>
          <Reason name="reason" />
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {act}
          </Button>
        </Form>
      )}
    </div>
  )
}
