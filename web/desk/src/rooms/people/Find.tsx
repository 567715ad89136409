import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { type Found, people, type Sought, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { checkDigitHolds } from '../../forms/check'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { GlassForm } from './Glass'
import { PeopleGrid, Unreadable } from './List'
import { Sight } from './Sight'
import { useSpoken } from './words'

export type By = 'document' | 'phone' | 'name'
export interface Values {
  document?: string
  phone?: string
  name?: string
  birth_date?: string
}

/** One person, by a whole number or by name and birth date. */
export function Find({ purpose, terms }: { purpose: string; terms: Terms }) {
  const w = useSpoken()
  const { may } = useSession()
  const [by, setBy] = useState<By>('document')
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [found, setFound] = useState<{ answer: Found; sought: Sought } | null>(null)
  const seek = (sought: Sought, reason?: string) =>
    run(async () => {
      setFound(null)
      const answer = await people.find({ ...sought, purpose, ...(reason ? { break_glass: { reason } } : {}) })
      setFound({ answer, sought })
    })
  const submit = (values: Values) => seek(soughtOf(by, values))
  return (
    <section className="card" aria-labelledby="find-title">
      <header>
        <h2 id="find-title">{w.t('people.tab.find')}</h2>
        <p className="muted">{w.t('find.note')}</p>
      </header>
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} autoComplete="off" className="find">
        <Form.Item label={w.t('find.by')}>
          <Radio.Group
            value={by}
            onChange={(e) => setBy(e.target.value as By)}
            options={(['document', 'phone', 'name'] as const).map((one) => ({
              value: one,
              label: w.t(`find.by.${one}`),
            }))}
          />
        </Form.Item>
        <SoughtFields by={by} />
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('find.go')}
        </Button>
      </Form>
      {found && (
        <div className="found">
          <p role="status">
            {found.answer.people.length ? w.t('find.found', { n: found.answer.people.length }) : w.t('find.none')}
          </p>
          <Unreadable ids={found.answer.unreadable} />
          {found.answer.people.length > 0 && (
            <>
              <Sight of={found.answer.people} purpose={purpose} terms={terms} />
              <PeopleGrid of={found.answer.people} terms={terms} />
            </>
          )}
          {!found.answer.people.length && may('people.break_glass') && (
            <GlassForm lead={w.t('find.glass')} busy={busy} look={(reason) => seek(found.sought, reason)} />
          )}
        </div>
      )}
    </section>
  )
}

export function soughtOf(by: By, values: Values): Sought {
  if (by === 'name') return { name: values.name?.trim() ?? '', birth_date: values.birth_date ?? '' }
  return by === 'phone' ? { phone: values.phone?.trim() ?? '' } : { document: values.document?.trim() ?? '' }
}

export function SoughtFields({ by }: { by: By }) {
  const w = useSpoken()
  const needed = { required: true, whitespace: true, message: w.t('enter.needed') }
  if (by === 'document')
    return (
      <Form.Item
        name="document"
        label={w.t('find.document')}
        rules={[needed, { validator: looksRight(w.t('find.bad_digit')) }]}
      >
        <Input spellCheck={false} autoCapitalize="characters" maxLength={40} />
      </Form.Item>
    )
  if (by === 'phone')
    return (
      <Form.Item
        name="phone"
        label={w.t('find.phone')}
        rules={[needed, { pattern: /^[+\d][\d\s().-]{4,24}$/, message: w.t('find.bad_phone') }]}
      >
        <Input inputMode="tel" spellCheck={false} maxLength={30} />
      </Form.Item>
    )
  return (
    <>
      <Form.Item name="name" label={w.t('find.name')} rules={[needed]}>
        <Input spellCheck={false} maxLength={100} />
      </Form.Item>
      <Form.Item
        name="birth_date"
        label={w.t('find.birth_date')}
        extra={w.t('enter.date.form')}
        rules={[needed, dayRule(w.t('enter.date.bad'))]}
      >
        <DayField />
      </Form.Item>
    </>
  )
}

/** Eighteen characters in the form of a resident identity number must have its check digit. */
function looksRight(message: string) {
  return (_: unknown, value?: string) => {
    const plain = (value ?? '').replace(/[\s-]/g, '')
    const wrong = /^\d{17}[\dXx]$/.test(plain) && !checkDigitHolds(plain)
    return wrong ? Promise.reject(new Error(message)) : Promise.resolve()
  }
}
