import { Alert, Button, Checkbox, Form, type FormRule, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { cases } from '../../api/cases'
import { contacts } from '../../api/contacts'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { optionsOf, useTerms } from '../cases/terms'
import { type Somebody, Who } from '../cases/Who'
import { useSpoken } from './words'

interface Values {
  disease: string
  source?: string
  first?: string
  last: string
  setting: string
  closeness?: string[]
  relation?: string
  certainty: Schemas['Certainty']
  protected?: boolean
  conveyance?: string
  area: string
}

type Registered = Schemas['RegisteredOut']

/** Registers an exposure: who, to which case, when, where, how close. */
export function New() {
  const w = useSpoken()
  const { session } = useSession()
  const { diseases, terms } = useTerms()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const [known, setKnown] = useState(true)
  const [who, setWho] = useState<Somebody | null>(null)
  const [none, setNone] = useState<string | null>(null)
  const [made, setMade] = useState<Registered | null>(null)
  const told = refusals(error)
  const area = session?.area ?? ''
  const needed = [{ required: true, message: w.t('new.required') }]
  const submit = (values: Values) =>
    run(async () => {
      setNone(null)
      const source = values.source ? await caseOf(values.source.trim()) : null
      if (values.source && !source) {
        setNone(values.source)
        return
      }
      const { disease, area: followed, source: _, ...exposure } = values
      const answer = await contacts.register({
        person: known ? (who?.id ?? null) : null,
        disease,
        area: followed,
        traced: known,
        exposure: {
          ...exposure,
          source,
          first: exposure.first ? plainDay(exposure.first) : null,
          last: plainDay(exposure.last),
          closeness: exposure.closeness ?? [],
          relation: exposure.relation ?? null,
          protected: exposure.protected ?? false,
          conveyance: exposure.conveyance || null,
        },
      })
      setMade(answer)
    })
  if (made)
    return (
      <section className="card">
        <Alert
          type="success"
          showIcon
          role="status"
          title={
            made.due
              ? w.t('new.done', { status: w.t(`status.${made.status}`), due: w.day(made.due) })
              : w.t('new.done.none')
          }
          description={made.notes.map((n) => w.name(n)).join(' ') || undefined}
        />
        <div className="actions">
          <a href={pathOf({ room: 'contact', id: made.contact })}>{w.t('new.open')}</a>
          <Button
            onClick={() => {
              setMade(null)
              setWho(null)
            }}
          >
            {w.t('new.again')}
          </Button>
        </div>
      </section>
    )
  return (
    <section className="card">
      <p className="muted">{w.t('new.text')}</p>
      <h2>{w.t('new.who')}</h2>
      <Radio.Group
        value={known}
        onChange={(e) => setKnown(e.target.value)}
        aria-label={w.t('new.who')}
        options={[
          { value: true, label: w.t('new.known') },
          { value: false, label: w.t('new.unknown') },
        ]}
      />
      {known && !who && <Who area={area} heldAs="contact" choose={setWho} />}
      {known && who && (
        <p>
          <strong>{who.name}</strong>{' '}
          <Button size="small" onClick={() => setWho(null)}>
            {w.t('act.cancel')}
          </Button>
        </p>
      )}
      {(!known || who) && (
        <Form<Values>
          form={form}
          name="exposure"
          layout="vertical"
          requiredMark={false}
          onFinish={submit}
          initialValues={{ disease: 'ncov-2020', certainty: 'certain', area }}
          scrollToFirstError={{ focus: true }}
        >
          <div className="fields">
            <Form.Item name="disease" label={w.t('new.disease')} rules={needed}>
              <Select options={optionsOf(diseases, w)} />
            </Form.Item>
            <Form.Item
              name="source"
              label={w.t('new.source')}
              extra={w.t('new.source.help')}
              {...(none ? refused(w.t('new.source.none', { number: none })) : told('source'))}
            >
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="last"
              label={w.t('new.last')}
              rules={[...needed, dayRule(w.t('new.day'))]}
              {...told('last')}
            >
              <DayField placeholder="2020-01-31" />
            </Form.Item>
            <Form.Item
              name="first"
              label={w.t('new.first')}
              dependencies={['last']}
              rules={[dayRule(w.t('new.day')), notAfter(w.t('new.first.late'))]}
              {...told('first')}
            >
              <DayField placeholder="2020-01-31" />
            </Form.Item>
            <Form.Item name="setting" label={w.t('new.setting')} rules={needed} {...told('setting')}>
              <Select options={optionsOf(terms.exposure_setting ?? [], w)} />
            </Form.Item>
            <Form.Item name="closeness" label={w.t('new.closeness')}>
              <Select mode="multiple" options={optionsOf(terms.closeness ?? [], w)} />
            </Form.Item>
            <Form.Item name="relation" label={w.t('new.relation')}>
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                options={optionsOf(terms.relation ?? [], w)}
              />
            </Form.Item>
            <Form.Item name="certainty" label={w.t('new.certainty')} rules={needed}>
              <Select options={optionsOf(terms.certainty ?? [], w)} />
            </Form.Item>
            <Form.Item name="conveyance" label={w.t('new.conveyance')} {...told('conveyance')}>
              <Input maxLength={64} pattern="[A-Za-z0-9_.\-]*" autoComplete="off" />
            </Form.Item>
            <Form.Item name="protected" valuePropName="checked" label=" " colon={false}>
              <Checkbox>{w.t('new.protected')}</Checkbox>
            </Form.Item>
            <Form.Item name="area" label={w.t('new.area')} rules={needed} className="wide" {...told('area')}>
              <AreaField top={area} label={w.t('new.area')} />
            </Form.Item>
          </div>
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('new.go')}
          </Button>
        </Form>
      )}
    </section>
  )
}

function refused(why: string) {
  return { validateStatus: 'error' as const, help: <span role="alert">{why}</span> }
}

/** The first day of contact is not after the last. */
function notAfter(message: string): FormRule {
  return ({ getFieldValue }) => ({
    validator: async (_, first?: string) => {
      const last: string | undefined = getFieldValue('last')
      if (first && last && plainDay(first) > plainDay(last)) throw new Error(message)
    },
  })
}

/** The case of a number, whole, as far as one may see it. */
async function caseOf(number: string): Promise<string | null> {
  const found = await cases.list({ where: { number: { any_of: [number] } }, columns: ['number'], limit: 1 })
  return (found.cases[0]?.subject as string | undefined) ?? null
}
