import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Counted, type DailyUnit, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { Dispose } from './Dispose'
import { useSpoken } from './words'

interface Props {
  unit: DailyUnit
  day: string
  counted: Counted
  done: () => void
}

/** A community's day before it is reported: who still waits for something to be arranged, then what it comes to. */
export function Closing({ unit, day, counted, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const { figures, undisposed, unresolved } = counted
  return (
    <section className="sub-form" aria-labelledby="closing-title">
      <h3 id="closing-title">{w.t('close.title')}</h3>
      {undisposed.length > 0 && (
        <>
          <p className="late">{w.t('close.undisposed', { n: w.n(undisposed.length) })}</p>
          <ul className="waiting">
            {undisposed.map((one) => (
              <li key={one.person}>
                <a href={`#coverage?show=daily&area=${unit.area}&day=${day}&household=${one.household}`}>
                  {w.t('home.person', { id: one.person.slice(-6) })}
                </a>
                <span className="muted">{w.t('close.since', { at: w.stamp(one.unwell_at) })}</span>
                {may('screening.visit') && (
                  <Dispose
                    household={one.household}
                    area={unit.area}
                    person={one.person}
                    who={one.person.slice(-6)}
                    done={done}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {unresolved.length > 0 && <p className="late">{w.t('close.unresolved', { n: w.n(unresolved.length) })}</p>}
      <p>
        {w.t('close.comes_to', {
          homes: w.n(figures.households),
          outside: w.n(figures.from_outside.n),
          local: w.n(figures.local.n),
          unwell: w.n(figures.unwell.n),
        })}
      </p>
      {may('screening.report') && <Report key={day} area={unit.area} day={day} counted={counted} done={done} />}
    </section>
  )
}

function Report({ area, day, counted, done }: { area: string; day: string; counted: Counted; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const [said, setSaid] = useState('')
  const told = refusals(error)
  const { zero } = counted
  const submit = ({ reason }: { reason?: string }) =>
    run(async () => {
      await screening.send({ area, day, zero, reason: reason || null, fact })
      setSaid(w.t('close.said'))
      done()
    })
  return (
    <Form name="close_day" layout="vertical" requiredMark={false} onFinish={submit}>
      {counted.undisposed.length > 0 && (
        <Form.Item
          name="reason"
          label={w.t('close.reason')}
          rules={[{ required: true, whitespace: true, message: w.t('close.reason.needed') }]}
          {...told('reason')}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t(zero ? 'close.zero' : 'close.go')}
        </Button>
        <span role="status">{said}</span>
      </div>
    </Form>
  )
}
