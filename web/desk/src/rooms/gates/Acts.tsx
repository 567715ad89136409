import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { gates, type PostCard, type Shift } from '../../api/gates'
import { newId } from '../../api/people'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { AssigneesField } from '../../forms/AssigneeField'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { Particulars } from './Particulars'
import { useTerms } from './terms'
import { useSpoken } from './words'

type Act = 'shifts' | 'counts' | 'treatments' | 'particulars' | 'close'

const ACTS: [Act, string][] = [
  ['shifts', 'gates.run'],
  ['counts', 'gates.run'],
  ['treatments', 'gates.run'],
  ['particulars', 'gates.manage'],
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
  const acts = ACTS.filter(([act, action]) => may(action) && (!card.closed || act === 'particulars'))
  const label = (act: Act) => w.t(card.closed ? 'act.reopen' : `act.${act}`)
  return (
    <ActBar
      title={w.t('gt.acts')}
      acts={acts.map(([name]) => name)}
      label={label}
      said={(act) => w.t('act.done', { act: label(act) })}
      form={(act, recorded, close) => {
        const finish = () => {
          recorded()
          done()
        }
        if (act === 'particulars') return <Particulars post={card} done={finish} close={close} />
        return <ActForm key={act} act={act} card={card} done={finish} close={close} />
      }}
    />
  )
}

interface FormProps extends CardProps {
  act: Exclude<Act, 'particulars'>
  /** The shift in place of which another is planned. */
  shift?: Shift
  close: () => void
}

/** The form of one act. */
export function ActForm({ act, card, shift, done, close }: FormProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null)
      const replaced = shift ? { replaces: shift.id } : {}
      await gates.act(card.id, act, { ...Object.fromEntries(filled), ...replaced, fact })
      done()
    })
  return (
    <Form
      name={shift ? 'shift_change' : `post_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={shift ?? { measure: 'disinfection', minutes: 30, staff: [] }}
    >
      <h3>{w.t(shift ? 'shift.change' : `act.${act}`)}</h3>
      <div className="fields">
        {(act === 'shifts' || act === 'counts') && <Times told={told} />}
        {act === 'shifts' && (
          <Form.Item name="staff" label={w.t('act.staff')} extra={w.t('act.staff.help')} {...told('staff')}>
            <AssigneesField rule="post.staff" area={card.area} />
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
      <Form.Item name="concentration_mg_per_l" label={w.t('gt.concentration')} {...told('concentration_mg_per_l')}>
        <InputNumber min={1} max={1_000_000} />
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
