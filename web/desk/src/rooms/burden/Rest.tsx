import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { burden, type Registry } from '../../api/oversight'
import { newId } from '../../api/people'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** One act lets all forms rest that no law requires; one asks for them again. */
export function Rest({ of, done }: { of: Registry; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact, renew] = useState(newId)
  const told = refusals(error)
  const its = of.resting
  const after = () => {
    renew(newId())
    done()
  }
  const suspend = ({ reason }: { reason: string }) =>
    run(() => burden.suspend({ area: of.area, reason, fact }).then(after))
  if (!its && !may('burden.manage')) return null
  return (
    <section className="card" aria-label={w.t('bu.rest')}>
      {its ? (
        <>
          <p role="status">
            <b>{w.t('bu.resting', { at: w.stamp(its.since), reason: its.reason })}</b>
            <span className="muted block small">
              {w.t('bu.resting.of')}
              <AreaName code={its.area} />
            </span>
          </p>
          {may('burden.manage') && its.area === of.area && (
            <Button loading={busy} onClick={() => run(() => burden.resume(of.area).then(after))}>
              {w.t('bu.resume')}
            </Button>
          )}
        </>
      ) : (
        <Form name="rest" layout="vertical" requiredMark={false} onFinish={suspend} aria-label={w.t('bu.rest')}>
          <h2>{w.t('bu.rest.title')}</h2>
          <p className="muted">{w.t('bu.rest.text')}</p>
          <Form.Item
            name="reason"
            label={w.t('bu.rest.reason')}
            rules={[{ required: true, whitespace: true, message: w.t('bu.required') }]}
            {...told('reason')}
          >
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('bu.rest')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </section>
  )
}
