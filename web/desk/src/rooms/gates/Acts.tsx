import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { gates, type PostCard } from '../../api/gates'
import { newId } from '../../api/people'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useTerms } from './terms'
import { useSpoken } from './words'

type Act = 'shifts' | 'counts' | 'treatments' | 'close'

const ACTS: [Act, string][] = [
  ['shifts', 'gates.run'],
  ['counts', 'gates.run'],
  ['treatments', 'gates.run'],
  ['close', 'gates.manage'],
]

interface CardProps {
  card: PostCard
  done: () => void
}

/** What can be recorded of a post, each as a form of its own. */
export function Acts({ card, done }: CardProps) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <ActBar
      title={w.t('gt.acts')}
      acts={card.closed ? [] : ACTS.filter(([, action]) => may(action)).map(([name]) => name)}
      label={(act) => w.t(`act.${act}`)}
      said={(act) => w.t('act.done', { act: w.t(`act.${act}`) })}
      form={(act, recorded, close) => (
        <ActForm
          key={act}
          act={act}
          card={card}
          done={() => {
            recorded()
            done()
          }}
          close={close}
        />
      )}
    />
  )
}

function ActForm({ act, card, done, close }: CardProps & { act: Act; close: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null)
      await gates.act(card.id, act, { ...Object.fromEntries(filled), fact })
      done()
    })
  return (
    <Form
      name={`post_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ measure: 'disinfection', minutes: 30, staff: [] }}
    >
      <h3>{w.t(`act.${act}`)}</h3>
      <div className="fields">
        {(act === 'shifts' || act === 'counts') && <Times told={told} />}
        {act === 'shifts' && (
          <Form.Item name="staff" label={w.t('act.staff')} extra={w.t('act.staff.help')} {...told('staff')}>
            <Select mode="tags" open={false} tokenSeparators={[' ', ',', '，', '、']} />
          </Form.Item>
        )}
        {act === 'counts' && <CountFields told={told} />}
        {act === 'treatments' && <TreatmentFields told={told} />}
        {act === 'close' && <p className="muted wide">{w.t('act.close.text')}</p>}
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy} danger={act === 'close'}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}

interface FieldsProps {
  told: (field: string) => object
}

function Times({ told }: FieldsProps) {
  const w = useSpoken()
  const needed = [{ required: true, message: w.t('act.required') }]
  return (['begins', 'ends'] as const).map((name) => (
    <Form.Item key={name} name={name} label={w.t(`act.${name}`)} rules={needed} {...told(name)}>
      <TimeField />
    </Form.Item>
  ))
}

function CountFields({ told }: FieldsProps) {
  const w = useSpoken()
  const terms = useTerms()
  return (
    <>
      <Form.Item
        name="passed"
        label={w.t('gt.passed')}
        rules={[{ required: true, message: w.t('act.required') }]}
        {...told('passed')}
      >
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="checked" label={w.t('gt.checked')} extra={w.t('act.checked.help')} {...told('checked')}>
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="reason" label={w.t('gt.reason')} {...told('reason')}>
        <Select allowClear options={terms.options('reasons')} />
      </Form.Item>
    </>
  )
}

function TreatmentFields({ told }: FieldsProps) {
  const w = useSpoken()
  const terms = useTerms()
  const needed = [{ required: true, message: w.t('act.required') }]
  return (
    <>
      <Form.Item name="measure" label={w.t('gt.measure')} rules={needed} {...told('measure')}>
        <Select
          options={(['disinfection', 'ventilation'] as const).map((value) => ({
            value,
            label: w.t(`gt.measure.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="room" label={w.t('gt.room')} rules={needed} {...told('room')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="agent" label={w.t('gt.agent')} {...told('agent')}>
        <Select allowClear options={terms.options('agents')} />
      </Form.Item>
      <Form.Item name="minutes" label={w.t('gt.minutes')} rules={needed} {...told('minutes')}>
        <InputNumber min={1} max={1440} precision={0} />
      </Form.Item>
      <Form.Item
        name="conveyance"
        label={w.t('gt.conveyance')}
        rules={[{ pattern: /^[A-Za-z0-9_.-]+$/ }]}
        {...told('conveyance')}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </>
  )
}
