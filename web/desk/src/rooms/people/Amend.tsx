import { Button, Form, Input, Select } from 'antd'
import { type Person, people, type Terms } from '../../api/people'
import { useAct } from '../../forms/act'
import { DayField, dayRule } from '../../forms/DayField'
import { Told } from '../../forms/Told'
import { useSaved } from './Card'
import { idNumberRule } from './Enter'
import { useSpoken } from './words'

interface Values {
  name?: string
  sex?: string
  birth_date?: string
  document_kind?: string
  document_number?: string
  phone?: string
  address?: string
}

interface Props {
  person: Person
  purpose: string
  terms: Terms
  close: (changed: boolean) => void
}

/** What is to be corrected; empty fields stay as they are, so that a masked one is never written back. */
export function Amend({ person, purpose, terms, close }: Props) {
  const w = useSpoken()
  const saved = useSaved()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('document_kind', form)
  const submit = (v: Values) =>
    run(async () => {
      const changed: Record<string, unknown> = {}
      for (const its of ['name', 'sex', 'birth_date', 'address'] as const) if (v[its]) changed[its] = v[its]
      if (v.document_number) changed.documents = [{ kind: v.document_kind, number: v.document_number }]
      if (v.phone) changed.phones = [v.phone]
      await people.amend(person.id, { ...changed, purpose })
      saved(w.t('card.amended'))
      close(true)
    })
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      autoComplete="off"
      className="sub-form"
      initialValues={{ document_kind: 'resident_id' }}
    >
      <h3>{w.t('card.amend.title')}</h3>
      <p className="muted">{w.t('card.amend.note')}</p>
      <div className="fields">
        <Form.Item name="name" label={w.t('enter.name')}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="sex" label={w.t('enter.sex')}>
          <Select allowClear options={sexes(w)} />
        </Form.Item>
        <Form.Item name="birth_date" label={w.t('enter.birth_date')} rules={[dayRule(w.t('enter.date.bad'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="document_kind" label={w.t('enter.document.kind')}>
          <Select options={terms.documents.map((d) => ({ value: d.id, label: w.name(d) }))} />
        </Form.Item>
        <Form.Item
          name="document_number"
          label={w.t('enter.document.number')}
          rules={kind === 'resident_id' ? [idNumberRule(w.t('enter.check_digit'))] : []}
        >
          <Input maxLength={40} spellCheck={false} />
        </Form.Item>
        <Form.Item name="phone" label={w.t('enter.phone')}>
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
        <Form.Item name="address" label={w.t('enter.address')} className="long">
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('card.amend.go')}
        </Button>
        <Button onClick={() => close(false)}>{w.t('glass.cancel')}</Button>
      </div>
    </Form>
  )
}

export function sexes(w: ReturnType<typeof useSpoken>) {
  return (['female', 'male', 'other', 'unknown'] as const).map((s) => ({ value: s, label: w.t(`sex.${s}`) }))
}
