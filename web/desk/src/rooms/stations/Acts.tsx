import { Button, Checkbox, Form, Input, InputNumber } from 'antd'
import { type ReactNode, useState } from 'react'
import { type StationCard, stations } from '../../api/isolation'
import { newId } from '../../api/people'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { useSession } from '../../session'
import type { Names } from '../isolation/names'
import { Particulars } from './Particulars'
import { useSpoken } from './words'

type Act = 'round' | 'log' | 'ward' | 'change' | 'close'

const ACTS: [Act, string][] = [
  ['round', 'isolation.execute'],
  ['log', 'isolation.execute'],
  ['ward', 'stations.manage'],
  ['change', 'stations.manage'],
  ['close', 'stations.manage'],
]

interface CardProps {
  card: StationCard
  names: Names
  done: () => void
}

/** What can be recorded of a station, each as a form of its own. */
export function Acts({ card, names, done }: CardProps) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <ActBar
      title={w.t('acts.title')}
      acts={card.closed ? [] : ACTS.filter(([, action]) => may(action)).map(([name]) => name)}
      label={(act) => w.t(`act.${act}`)}
      said={(act) => w.t('act.done', { act: w.t(`act.${act}`) })}
      form={(act, recorded, close) => {
        const finish = () => {
          recorded()
          done()
        }
        if (act === 'change') return <Particulars of={card} done={finish} close={close} />
        return <ActForm key={act} act={act} card={card} names={names} done={finish} close={close} />
      }}
    />
  )
}

interface FormProps extends CardProps {
  act: Exclude<Act, 'change'>
  close: () => void
}

function ActForm({ act, card, names, done, close }: FormProps) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const today = civilDay(session?.server_time ?? '')
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null)
      const plain = filled.map(([k, v]) => [k, DAYS.includes(k) ? plainDay(String(v)) : v])
      await stations.act(card.id, act, { ...Object.fromEntries(plain), fact })
      done()
    })
  return (
    <Form
      name={`station_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ residents: card.occupancy.present, day: today, first: today, temporary: true, unseen: [] }}
    >
      <h3>{w.t(`act.${act}`)}</h3>
      <div className="fields">
        <Fields act={act} card={card} names={names} told={told} />
        <Form.Item name="at" label={w.t('act.when')} extra={w.t('act.when.now')} {...told('at')}>
          <TimeField />
        </Form.Item>
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

const DAYS = ['day', 'first', 'last']

type FieldsProps = Pick<FormProps, 'act' | 'card' | 'names'> & { told: (field: string) => object }

function Fields({ act, card, names, told }: FieldsProps): ReactNode {
  const w = useSpoken()
  const needed = [{ required: true, message: w.t('new.required') }]
  const days = [dayRule(w.t('act.day.form'))]
  switch (act) {
    case 'round':
      return <RoundFields card={card} names={names} told={told} />
    case 'log':
      return (
        <>
          <Form.Item name="day" label={w.t('act.log.day')} rules={[...needed, ...days]} {...told('day')}>
            <DayField />
          </Form.Item>
          <Count name="on_duty" label={w.t('act.log.on_duty')} told={told} />
          <Count name="residents" label={w.t('act.log.residents')} told={told} />
          <Form.Item
            name="said"
            label={w.t('act.log.said')}
            extra={w.t('act.log.said.help')}
            className="wide"
            {...told('said')}
          >
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </>
      )
    case 'ward':
      return (
        <>
          <Form.Item
            name="ward"
            label={w.t('act.ward.name')}
            extra={w.t('act.ward.name.help')}
            rules={[...needed, { pattern: /^[A-Za-z0-9_.-]+$/, message: w.t('act.ward.name.help') }]}
            {...told('ward')}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Count name="beds" label={w.t('act.ward.beds')} told={told} />
          <Form.Item name="first" label={w.t('act.ward.first')} rules={[...needed, ...days]} {...told('first')}>
            <DayField />
          </Form.Item>
          <Form.Item
            name="last"
            label={w.t('act.ward.last')}
            extra={w.t('act.ward.last.help')}
            rules={days}
            {...told('last')}
          >
            <DayField />
          </Form.Item>
          <Form.Item name="temporary" valuePropName="checked" label=" " colon={false} {...told('temporary')}>
            <Checkbox>{w.t('act.ward.temporary')}</Checkbox>
          </Form.Item>
        </>
      )
    case 'close':
      return <p className="muted wide">{w.t('act.close.text')}</p>
  }
}

function Count({ name, label, told }: { name: string; label: string; told: (field: string) => object }) {
  const w = useSpoken()
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: w.t('new.required') }]} {...told(name)}>
      <InputNumber min={0} max={100_000} precision={0} />
    </Form.Item>
  )
}

/** Whoever is ticked was not seen; everybody else was. */
function RoundFields({ card, names, told }: Omit<FieldsProps, 'act'>) {
  const w = useSpoken()
  const present = card.residents.filter((one) => one.entered)
  return (
    <>
      <p className="muted wide">{w.t(present.length ? 'act.round.text' : 'act.round.nobody')}</p>
      <Count name="residents" label={w.t('act.round.residents')} told={told} />
      {present.length > 0 && (
        <Form.Item name="unseen" label={w.t('act.round.unseen')} className="wide" {...told('unseen')}>
          <Checkbox.Group
            className="unseen"
            options={present.map((one) => ({
              value: one.person,
              label: [names.of(one.person) || w.t('card.who', { id: one.person.slice(-6) }), one.ward]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        </Form.Item>
      )}
    </>
  )
}
