import { Alert, Button, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { newId, type PersonIn, people, type RowFault, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { checkDigitHolds } from '../../forms/check'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { go } from '../../route'
import { useSession } from '../../session'
import { sexes } from './Amend'
import { HeldFields } from './Hold'
import { Papers } from './Papers'
import { useSpoken } from './words'

export type Draft = Omit<PersonIn, 'id' | 'phones'> & { phone?: string }

/** What was typed and not yet entered. In memory alone, so that no copy outlives the page; of one hat only. */
let draft: { of: number; id: string; values: Partial<Draft> } | null = null

/** Entering one person. The id is made here, so that sending twice enters once. */
export function Enter({ terms }: { terms: Terms }) {
  const w = useSpoken()
  const { session, generation } = useSession()
  const [form] = Form.useForm<Draft>()
  const { busy, error, run } = useAct()
  const [faults, setFaults] = useState<RowFault[]>([])
  const [done, setDone] = useState<{ id: string; same: boolean } | null>(null)
  if (draft?.of !== generation) draft = null
  const [start] = useState(() => draft ?? { of: generation, id: newId(), values: {} })
  const [id, setId] = useState(start.id)
  useLeaving()
  const keep = (_: unknown, values: Draft) => {
    draft = { of: generation, id, values }
    setFaults((before) => (before.length ? [] : before))
  }
  const submit = (values: Draft) =>
    run(async () => {
      const answer = await people.enter([personOf(id, values)])
      setFaults(answer.errors)
      if (answer.errors.length) return
      draft = null
      setDone({ id, same: answer.skipped > 0 })
    })
  const next = () => {
    setDone(null)
    setId(newId())
    form.resetFields()
  }
  if (done) return <Done id={done.id} same={done.same} next={next} />
  return (
    <section className="card" aria-labelledby="enter-title">
      <header>
        <h2 id="enter-title">{w.t('enter.title')}</h2>
        <p className="muted">{w.t('enter.draft')}</p>
      </header>
      <Form
        form={form}
        layout="vertical"
        onFinish={submit}
        onValuesChange={keep}
        requiredMark={false}
        autoComplete="off"
        scrollToFirstError={{ focus: true }}
        initialValues={{ sex: 'unknown', documents: [{ kind: 'resident_id' }], area: session?.area, ...start.values }}
      >
        <WhoFields terms={terms} faults={faults} />
        <h3>{w.t('enter.why')}</h3>
        <div className="fields">
          <HeldFields terms={terms} faults={(field) => faultOf(faults, field, w)} />
        </div>
        <Faults faults={faults} />
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('enter.go')}
        </Button>
      </Form>
    </section>
  )
}

export function WhoFields({ terms, faults }: { terms: Terms; faults: RowFault[] }) {
  const w = useSpoken()
  const told = (field: string) => faultOf(faults, field, w)
  return (
    <>
      <h3>{w.t('enter.who')}</h3>
      <div className="fields">
        <Form.Item
          name="name"
          label={w.t('enter.name')}
          rules={[{ required: true, whitespace: true, message: w.t('enter.needed') }]}
          {...told('name')}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="sex" label={w.t('enter.sex')} {...told('sex')}>
          <Select options={sexes(w)} />
        </Form.Item>
        <Form.Item
          name="birth_date"
          label={w.t('enter.birth_date')}
          rules={[dayRule(w.t('enter.date.bad'))]}
          {...told('birth_date')}
        >
          <DayField />
        </Form.Item>
      </div>
      <Papers terms={terms} faults={faults} />
      <div className="fields">
        <Form.Item name="phone" label={w.t('enter.phone')} {...told('phones.0')}>
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
        <Form.Item name="address" label={w.t('enter.address')} className="long" {...told('address')}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </>
  )
}

/** Leaving the page would lose what was typed: the browser asks first. */
function useLeaving() {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (draft) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])
}

export function personOf(id: string, { phone, documents, name, area, data_class, ...rest }: Draft): PersonIn {
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value))
  const papers = (documents ?? []).filter((d) => d?.number && d.kind !== 'none')
  return { ...told, id, name, area, data_class, documents: papers, phones: phone ? [phone] : [] }
}

/** What the server found wrong with a field, for the field. */
export function faultOf(faults: RowFault[], field: string, w: ReturnType<typeof useSpoken>): object {
  const found = faults.find((f) => f.field === field)
  return found ? { validateStatus: 'error', help: <span role="alert">{w.name(found)}</span> } : {}
}

export function idNumberRule(message: string) {
  return {
    validateTrigger: ['onBlur', 'onSubmit'],
    validator: (_: unknown, value?: string) =>
      !value || checkDigitHolds(value) ? Promise.resolve() : Promise.reject(new Error(message)),
  }
}

function Faults({ faults }: { faults: RowFault[] }) {
  const w = useSpoken()
  if (!faults.length) return null
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="told"
      title={w.t('enter.faults', { n: faults.length })}
      description={
        <ul>
          {faults.map((f) => (
            <li key={f.field}>
              {f.field}
              {w.lang === 'zh' ? '：' : ' '}
              {w.name(f)}
            </li>
          ))}
        </ul>
      }
    />
  )
}

function Done({ id, same, next }: { id: string; same: boolean; next: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <section className="card state">
      <Alert type="success" showIcon role="status" title={w.t(same ? 'enter.same' : 'enter.done')} />
      <div className="actions">
        <Button type="primary" onClick={next} autoFocus>
          {w.t('enter.next')}
        </Button>
        {may('people.see') && <Button onClick={() => go({ room: 'person', id })}>{w.t('enter.open')}</Button>}
      </div>
    </section>
  )
}
