import { Alert, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../api/client'
import { plans } from '../../api/plans'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField, dayRule } from '../../forms/DayField'
import { FilePick, isOf } from '../../forms/FilePick'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { go } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

type Sent = Schemas['PlanIn']
type Format = Sent['format']
type Found = Schemas['PlanIssuedOut']
interface Wrong {
  row: number | null
  field: string
  reason: string
  zh: string
  en: string
}

const TYPES = { toml: ['.toml', '.txt'], csv: ['.csv', '.txt'] }
const WORDS = ['code', 'edition', 'zh', 'en', 'issuer', 'doc_no'] as const

/** A version of a plan, from a text or a file: looked at first, or issued at once. */
export function Issue() {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run, clear } = useAct()
  const [form] = Form.useForm<Sent>()
  const format: Format = Form.useWatch('format', form) ?? 'toml'
  const [file, setFile] = useState<File | null>(null)
  const [found, setFound] = useState<Found | null>(null)
  const send = async (trial: boolean) => {
    setFound(null)
    const values = await form.validateFields().catch(() => null)
    if (!values) return
    const issued = await run(() => plans.issue({ ...values, trial }))
    if (!issued) return
    if (trial || !issued.new) setFound(issued)
    else go({ room: 'plan', id: issued.id })
  }
  const choose = async (chosen: File | null) => {
    setFile(chosen)
    if (chosen && isOf(chosen, TYPES[format])) form.setFieldsValue({ text: await chosen.text() })
  }
  const template = () => run(async () => save(`plan.${format}`, (await plans.template(format)).text))
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  return (
    <section className="card" aria-label={w.t('pl.tab.issue')}>
      <p className="muted">{w.t('is.text')}</p>
      <Form
        form={form}
        name="plan"
        layout="vertical"
        requiredMark={false}
        initialValues={{ format: 'toml', area: session?.area, text: '' }}
        onValuesChange={() => {
          setFound(null)
          clear()
        }}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item name="format" label={w.t('is.format')}>
            <Select options={(['toml', 'csv'] as const).map((value) => ({ value, label: w.t(`is.${value}`) }))} />
          </Form.Item>
          <Form.Item name="area" label={w.t('is.area')} rules={needed} className="wide">
            <AreaField top={session?.area ?? ''} label={w.t('is.area')} />
          </Form.Item>
          {format === 'csv' &&
            WORDS.map((name) => (
              <Form.Item key={name} name={name} label={w.t(`is.${name}`)} rules={name === 'en' ? [] : needed}>
                <Input maxLength={200} autoComplete="off" />
              </Form.Item>
            ))}
          {format === 'csv' &&
            (['first', 'last'] as const).map((name) => (
              <Form.Item key={name} name={name} label={w.t(`is.${name}`)} rules={[...needed, dayRule(w.t('required'))]}>
                <DayField placeholder="2020-01-31" />
              </Form.Item>
            ))}
        </div>
        <div className="actions">
          <Button onClick={template}>{w.t('is.template')}</Button>
        </div>
        <FilePick file={file} choose={choose} types={TYPES[format]} />
        <Form.Item name="text" label={w.t('is.content')} rules={needed}>
          <Input.TextArea className="mono" rows={12} spellCheck={false} />
        </Form.Item>
        <Errors error={error} />
        <div role="status">{found && <Good of={found} />}</div>
        <div className="actions">
          <Button type="primary" loading={busy} onClick={() => send(false)}>
            {w.t('is.go')}
          </Button>
          <Button loading={busy} onClick={() => send(true)}>
            {w.t('is.check')}
          </Button>
        </div>
      </Form>
    </section>
  )
}

function Good({ of }: { of: Found }) {
  const w = useSpoken()
  const n = (level: string) => w.n(of.tasks[level] ?? 0)
  const title = of.new
    ? w.t('is.good', {
        items: w.n(of.items),
        units: w.n(of.units),
        i: n('I'),
        ii: n('II'),
        iii: n('III'),
        iv: n('IV'),
      })
    : w.t('is.known')
  return <Alert type="success" showIcon title={title} />
}

/** What is wrong, by row and field; what the server says of the whole where it names none. */
function Errors({ error }: { error: unknown }) {
  const w = useSpoken()
  const all = error instanceof ApiError ? ((error.problem?.errors ?? []) as unknown as Wrong[]) : []
  const rows = all.filter((one) => one.field && one.zh)
  if (!rows.length) return <Told error={error} />
  return (
    <div role="alert">
      <p className="late">{w.t('is.wrong', { n: w.n(rows.length) })}</p>
      <Grid
        label={w.t('is.wrong', { n: w.n(rows.length) })}
        rows={rows}
        keyOf={(one) => `${one.row}|${one.field}|${one.reason}`}
        columns={[
          { key: 'row', title: w.t('is.row'), cell: (one) => (one.row === null ? '' : w.n(one.row)) },
          { key: 'field', title: w.t('is.field'), head: true, cell: (one) => <code>{one.field}</code> },
          { key: 'reason', title: w.t('is.reason'), cell: (one) => w.name(one) },
        ]}
      />
    </div>
  )
}
