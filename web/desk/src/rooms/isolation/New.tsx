import { Alert, Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../api/client'
import { isolation, type Mode, type Order } from '../../api/isolation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { go, pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { useTerms } from '../cases/terms'
import { MODES } from './Board'
import { type Ground, groundOf } from './ground'
import { StationField } from './StationField'
import { useSpoken } from './words'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An order for somebody who is on record as a contact or a case: without that ground there is none. */
export function New({ of }: { of: string }) {
  return ID.test(of) ? <OnGround of={of} /> : <AskGround />
}

function AskGround() {
  const w = useSpoken()
  const [, narrow] = useFilter()
  return (
    <section className="card">
      <p className="muted">{w.t('new.needs')}</p>
      <Form layout="vertical" requiredMark={false} className="find" onFinish={({ of }) => narrow({ of: of.trim() })}>
        <Form.Item
          name="of"
          label={w.t('new.of')}
          rules={[{ required: true, pattern: ID, message: w.t('new.of.bad') }]}
        >
          <Input className="mono" maxLength={36} spellCheck={false} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {w.t('new.of.go')}
        </Button>
      </Form>
    </section>
  )
}

function OnGround({ of }: { of: string }) {
  const w = useSpoken()
  const ground = useResource(`ground|${of}`, (signal) => groundOf(of, signal))
  const person = ground.data?.person
  const under = useResource(person ? `under|${person}` : null, (signal) =>
    isolation.orders({ person, standing: true, limit: 1 }, signal),
  )
  if (ground.error instanceof ApiError && ground.error.kind === 'missing')
    return (
      <>
        <Alert type="warning" showIcon role="alert" title={w.t('new.of.none')} />
        <AskGround />
      </>
    )
  const failed = ground.error ?? under.error
  if (failed) return <Failure error={failed} retry={ground.error ? ground.retry : under.retry} told />
  if (!ground.data || (person && !under.data)) return <Loading />
  if (!person) return <Alert type="warning" showIcon role="alert" title={w.t('new.no_person')} />
  const standing: Order | undefined = under.data?.orders[0]
  if (standing)
    return (
      <section className="card">
        <Alert type="warning" showIcon role="alert" title={w.t('new.under')} />
        <p className="actions">
          <a href={pathOf({ room: 'order', id: standing.order })}>{w.t('new.under.open')}</a>
        </p>
      </section>
    )
  return <OrderForm ground={ground.data} person={person} />
}

type Values = Omit<Schemas['OrderIn'], 'person' | 'order_class' | 'of' | 'disease' | 'order' | 'fact'>

function OrderForm({ ground, person }: { ground: Ground; person: string }) {
  const w = useSpoken()
  const { session } = useSession()
  const { term, disease } = useTerms()
  const policy = useResource('isolation-policy', isolation.policy)
  const { busy, error, run } = useAct()
  const [{ order, fact }] = useState(() => ({ order: newId(), fact: newId() }))
  const [mode, setMode] = useState<Mode>('central')
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const top = session?.area ?? ''
  const needed = [{ required: true, message: w.t('new.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const { order_class, of, disease: its } = ground
      await isolation.give({ ...values, start: values.start, person, order_class, of, disease: its, order, fact })
      go({ room: 'order', id: order })
    })
  const editions = disease(ground.disease)?.editions ?? []
  return (
    <section className="card">
      <dl className="facts">
        <div>
          <dt>{w.t('new.why')}</dt>
          <dd>
            {ground.order_class === 'close_contact'
              ? w.t('new.for.close_contact', {
                  last: ground.last ? w.day(ground.last) : '—',
                  due: ground.due ? w.day(ground.due) : '—',
                })
              : w.t('new.for.suspected', { class: term('case_class', ground.class) })}
          </dd>
        </div>
        <div>
          <dt>{w.t('card.person')}</dt>
          <dd>{person.slice(-6)}</dd>
        </div>
      </dl>
      <Form<Values>
        form={form}
        name="order"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={{
          basis: 'infectious_disease',
          edition: ground.edition,
          mode: 'central',
          start: session?.server_time ?? '',
          ...(ground.end ? { end: ground.end } : {}),
          area: ground.area,
          community: ground.area,
          suitable: false,
        }}
      >
        <div className="fields">
          <Form.Item name="basis" label={w.t('new.basis')} rules={needed} {...told('basis')}>
            <Select
              loading={policy.loading}
              options={(policy.data?.bases ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
            />
          </Form.Item>
          <Form.Item name="edition" label={w.t('new.edition')} rules={needed} {...told('edition')}>
            <Select options={editions.map((one) => ({ value: one.code, label: w.name(one) }))} />
          </Form.Item>
          <Form.Item name="mode" label={w.t('new.mode')} rules={needed} {...told('mode')}>
            <Select
              onChange={(to: Mode) => {
                setMode(to)
                form.setFieldValue('station', undefined)
              }}
              options={MODES.map((value) => ({ value, label: w.t(`mode.${value}`) }))}
            />
          </Form.Item>
          {mode !== 'home' && (
            <Form.Item name="station" label={w.t('new.station')} rules={needed} {...told('station')}>
              <StationField key={mode} area="" mode={mode} />
            </Form.Item>
          )}
          <Form.Item name="start" label={w.t('new.start')} rules={needed} {...told('start')}>
            <TimeField />
          </Form.Item>
          <Form.Item
            name="end"
            label={w.t('new.end')}
            rules={needed}
            extra={w.t(ground.end ? 'new.end.rule' : 'new.end.case', { n: policy.data?.most_days ?? '' })}
            {...told('end')}
          >
            <TimeField />
          </Form.Item>
          <Form.Item
            name="clinician"
            label={w.t('new.clinician')}
            extra={mode === 'home' ? w.t('new.clinician.home') : undefined}
            rules={mode === 'home' ? needed : []}
            {...told('clinician')}
          >
            <Input className="mono" maxLength={64} spellCheck={false} autoComplete="off" />
          </Form.Item>
          <Form.Item name="area" label={w.t('new.area')} rules={needed} className="long" {...told('area')}>
            <AreaField top={top} label={w.t('new.area')} />
          </Form.Item>
          {mode === 'home' && <AtHome top={top} told={told} />}
          <Form.Item
            name="reason"
            label={w.t('new.reason')}
            extra={w.t('new.reason.help')}
            className="wide"
            {...told('reason')}
          >
            <Input.TextArea maxLength={2000} rows={2} />
          </Form.Item>
        </div>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('new.go')}
        </Button>
      </Form>
    </section>
  )
}

function AtHome({ top, told }: { top: string; told: (field: string) => object }) {
  const w = useSpoken()
  return (
    <>
      <Form.Item
        name="community"
        label={w.t('new.community')}
        rules={[{ required: true, message: w.t('new.required') }]}
        className="long"
        {...told('community')}
      >
        <AreaField top={top} label={w.t('new.community')} />
      </Form.Item>
      <Form.Item name="suitable" valuePropName="checked" label=" " colon={false} {...told('suitable')}>
        <Checkbox>{w.t('new.suitable')}</Checkbox>
      </Form.Item>
    </>
  )
}
