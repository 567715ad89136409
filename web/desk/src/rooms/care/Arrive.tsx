import { Alert, Button, Checkbox, Form, Input, type InputRef, Radio, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/client'
import { newId } from '../../api/people'
import { type TriageClinic, type TriageIn, type TriageTerms, triage } from '../../api/triage'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

export const CAME = ['walk_in', 'community', 'primary_care', 'checkpoint', 'station', 'ambulance'] as const
export const HISTORY = ['none', 'present', 'unknown'] as const
export const WAYS = ['fever_clinic', 'general', 'emergency', 'elsewhere'] as const

interface Answers {
  temp?: string
  symptoms: string[]
  history: TriageIn['history']
  items?: string[]
  came: TriageIn['came']
  way: TriageIn['way']
  name?: string
  phone?: string
  twin?: boolean
}

interface Props {
  clinic: TriageClinic
  terms: TriageTerms
  done: () => void
}

/** Asks and measures who is at the door. Where to is proposed by what was told, and stays in the nurse's hand. */
export function Arrive({ clinic, terms, done }: Props) {
  const w = useWays()
  const [form] = Form.useForm<Answers>()
  const { busy, error, run, clear } = useAct()
  const [ids, setIds] = useState(fresh)
  const [said, setSaid] = useState<{ text: string; last: Last } | null>(null)
  const first = useRef<InputRef>(null)
  const began = useRef<number | null>(null)
  const chosen = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fields are new ones for whoever comes next
  useEffect(() => first.current?.focus(), [ids])
  const told = refusals(error)
  const history = Form.useWatch('history', form)
  const changed = (part: Partial<Answers>) => {
    began.current ??= performance.now()
    clear()
    if ('way' in part) chosen.current = true
    if (!chosen.current) form.setFieldValue('way', proposed(form.getFieldsValue(), terms.fever_c))
  }
  const submit = (answers: Answers) =>
    run(async () => {
      const seconds = Math.round((performance.now() - (began.current ?? performance.now())) / 1000)
      const made = await triage.arrive({ ...sent(answers), clinic: clinic.id, ...ids })
      const way = w.t(`tri.way.${answers.way}`)
      const erased = made.erase_on ? ` ${w.t('tri.erase', { day: w.day(made.erase_on) })}` : ''
      setSaid({
        text: w.t('tri.done', { way, s: w.n(seconds) }) + erased,
        last: { what: way, take: () => triage.takeBack(made.id, made.fact) },
      })
      setIds(fresh())
      began.current = null
      chosen.current = false
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-label={w.t('tri.new')}>
      <h2>{w.t('tri.new')}</h2>
      <p className="muted">{w.t('tri.new.text')}</p>
      <Form
        form={form}
        name="triage"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        onFinish={submit}
        onValuesChange={changed}
        initialValues={{ symptoms: [], came: 'walk_in', way: 'general', items: [], twin: false }}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item
            name="temp"
            label={w.t('tri.temp')}
            rules={[{ required: true, pattern: /^\d{1,4}(\.\d{1,2})?$/, message: w.t('tri.temp.rule') }]}
            {...told('temp_c')}
          >
            <Input ref={first} inputMode="decimal" maxLength={6} autoComplete="off" />
          </Form.Item>
          <Form.Item name="symptoms" label={w.t('tri.symptoms')} {...told('symptoms')}>
            <Select
              mode="multiple"
              placeholder={w.t('tri.symptoms.pick')}
              optionFilterProp="label"
              options={terms.symptoms.map((one) => ({ value: one.code, label: w.name(one) }))}
            />
          </Form.Item>
          <Form.Item
            name="history"
            label={w.t('tri.history')}
            rules={[{ required: true, message: w.t('ways.required') }]}
            {...told('history')}
          >
            <Radio.Group options={HISTORY.map((value) => ({ value, label: w.t(`tri.history.${value}`) }))} />
          </Form.Item>
          <Form.Item name="way" label={w.t('tri.way')} {...told('way')}>
            <Radio.Group options={WAYS.map((value) => ({ value, label: w.t(`tri.way.${value}`) }))} />
          </Form.Item>
          {history === 'present' && (
            <Form.Item name="items" label={w.t('tri.items')} className="wide" {...told('items')}>
              <Checkbox.Group options={terms.items.map((one) => ({ value: one.code, label: w.name(one) }))} />
            </Form.Item>
          )}
          <Form.Item name="came" label={w.t('tri.came')} {...told('came')}>
            <Select options={CAME.map((value) => ({ value, label: w.t(`tri.came.${value}`) }))} />
          </Form.Item>
          <Form.Item name="name" label={w.t('tri.name')} extra={w.t('tri.vault')} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="phone" label={w.t('tri.phone')} extra={w.t('tri.vault')} {...told('phone')}>
            <Input inputMode="tel" maxLength={32} autoComplete="off" />
          </Form.Item>
          {asksOfTwin(error) && (
            <Form.Item name="twin" valuePropName="checked" className="wide">
              <Checkbox>{w.t('tri.twin')}</Checkbox>
            </Form.Item>
          )}
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('tri.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <Alert type="success" showIcon title={said.text} />}</div>
      {said && (
        <Undo
          last={said.last}
          done={() => {
            setSaid(null)
            done()
          }}
        />
      )}
    </section>
  )
}

/** Ids of our own, so that what is sent twice is recorded once. */
function fresh() {
  return { id: newId(), fact: newId() }
}

/** To the fever clinic goes who has a fever, says so, or has a history. */
function proposed(told: Answers, fever_c: number): Answers['way'] {
  const fever = Number(told.temp) >= fever_c || told.symptoms.includes('fever')
  return fever || told.history === 'present' ? 'fever_clinic' : 'general'
}

function sent({ temp, items, history, twin, ...rest }: Answers): Partial<TriageIn> {
  return { ...rest, history, items: history === 'present' ? items : [], twin: Boolean(twin), temp_c: Number(temp) }
}

/** Whether the server asks if this is another person than the one before. */
function asksOfTwin(error: unknown): boolean {
  const all = error instanceof ApiError ? ((error.problem?.errors ?? []) as { field?: string }[]) : []
  return all.some((one) => one.field === 'twin')
}
