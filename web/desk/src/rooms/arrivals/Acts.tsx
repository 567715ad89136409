import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { type ArrivalCard, arrivals } from '../../api/arrivals'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { tasks } from '../../api/tasks'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { useSession } from '../../session'
import { optionsOf, useTerms } from '../cases/terms'
import { useSpoken } from './words'

type Act = 'acknowledge' | 'measure' | 'supply'

const ACTS: [Act, (card: ArrivalCard) => boolean][] = [
  ['acknowledge', (c) => !c.taken_over_at],
  ['measure', (c) => Boolean(c.taken_over_at) && c.key_person],
  ['supply', (c) => Boolean(c.taken_over_at)],
]

/** What the destination records of an arrival. */
export function Acts({ card, done }: { card: ArrivalCard; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  if (!may('arrivals.take')) return null
  return (
    <ActBar
      title={w.t('acts.title')}
      acts={ACTS.filter(([, fits]) => fits(card)).map(([name]) => name)}
      label={(act) => w.t(`act.${act}`)}
      said={() => w.t('act.done')}
      form={(act, finish, close) => (
        <ActForm
          key={act}
          act={act}
          card={card}
          close={close}
          done={() => {
            finish()
            done()
          }}
        />
      )}
    />
  )
}

interface Props {
  act: Act
  card: ArrivalCard
  done: () => void
  close: () => void
}

function ActForm({ act, card, done, close }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null)
      const plain = filled.map(([k, v]) => [k, k === 'day' ? plainDay(String(v)) : v])
      await arrivals.act(card.id, act, Object.fromEntries(plain))
      done()
    })
  return (
    <Form
      name={`arrival_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ day: civilDay(session?.server_time ?? ''), slot: card.slots[0]?.code }}
    >
      <h3>{w.t(`act.${act}`)}</h3>
      <div className="fields">
        <Fields act={act} card={card} told={told} />
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('arr.cancel')}</Button>
      </div>
    </Form>
  )
}

type FieldsProps = Pick<Props, 'act' | 'card'> & { told: (field: string) => object }

function Fields({ act, card, told }: FieldsProps): ReactNode {
  const w = useSpoken()
  const { terms } = useTerms()
  const needed = { required: true, message: w.t('arr.required') }
  const code = { pattern: /^[A-Za-z0-9_.-]*$/, message: w.t('act.code') }
  switch (act) {
    case 'acknowledge':
      return (
        <>
          <Form.Item name="by_unit" label={w.t('act.acknowledge.unit')} rules={[needed, code]} {...told('by_unit')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          {card.key_person && (
            <Form.Item
              name="assignee"
              label={w.t('act.acknowledge.assignee')}
              extra={w.t('act.acknowledge.assignee.help')}
              rules={[code]}
              {...told('assignee')}
            >
              <Measurer area={card.area} />
            </Form.Item>
          )}
        </>
      )
    case 'measure':
      return (
        <>
          <Form.Item
            name="day"
            label={w.t('act.measure.day')}
            rules={[needed, dayRule(w.t('act.day.form'))]}
            {...told('day')}
          >
            <DayField />
          </Form.Item>
          <Form.Item name="slot" label={w.t('act.measure.slot')} rules={[needed]} {...told('slot')}>
            <Select options={optionsOf(card.slots, w)} />
          </Form.Item>
          <Form.Item name="temp_c" label={w.t('act.measure.temp')} {...told('temp_c')}>
            <InputNumber min={30} max={45} step={0.1} />
          </Form.Item>
          <Form.Item name="symptoms" label={w.t('act.measure.symptoms')} {...told('symptoms')}>
            <Select mode="multiple" options={optionsOf(terms.symptom ?? [], w)} />
          </Form.Item>
        </>
      )
    case 'supply':
      return (
        <Form.Item name="item" label={w.t('act.supply.item')} rules={[needed, code]} {...told('item')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      )
  }
}

interface MeasurerProps {
  area: string
  id?: string
  value?: string
  onChange?: (code?: string) => void
}

/** Who measures a key person: chosen from those who may, where the role gives out tasks; else a code. */
function Measurer({ area, ...rest }: MeasurerProps) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(may('tasks.assign') ? `measurers|${area}` : null, (signal) =>
    tasks.assignees('arrival.measure', area, signal),
  )
  const table = useResource('permissions', permissions)
  if (!found.data) return <Input {...rest} onChange={(e) => rest.onChange?.(e.target.value)} maxLength={64} />
  const role = (id: string) => {
    const its = table.data?.roles.find((one) => one.id === id)
    return its ? w.name(its) : id
  }
  const options = found.data.map((one) => ({ value: one.code, label: `${one.name || one.code} · ${role(one.role)}` }))
  return <Select {...rest} allowClear popupMatchSelectWidth={false} options={options} />
}
