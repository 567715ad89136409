import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { command, type Instruction } from '../../api/command'
import { mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { plain, titles, useTemplates } from './template'
import { useSpoken } from './words'

interface Values {
  template?: string
  phone?: string
  sort: Instruction['sort']
  zh: string
  en?: string
  zh_text: string
  en_text?: string
  issuer: string
  doc_no: string
  to: string[]
}

/** Sending a notice to the area, the areas right below it, and the departments that work there. */
export function Send({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const below = useResource(`command-posts|${area}`, (signal) => plans.commandPosts(area, signal))
  const known = useResource(may('calls.place') ? `departments|${area}` : null, (signal) =>
    mobilisation.departments(area, signal),
  )
  const [filter] = useFilter()
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState('')
  const { spoken, sorts, name, day, loading } = useTemplates(area)
  const sort = sorts.find((one) => one === filter.sort) ?? sorts[0]
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const called = (code: string) => known.data?.find((one) => one.account === code)?.name || code
  const submit = (values: Values) =>
    run(async () => {
      const to = values.to.map((one) => {
        const [code = area, account] = one.split('|')
        return { area: code, account: account || null }
      })
      const { template: _, phone: __, ...said } = values
      const { unreached } = await command.send({
        ...said,
        en: values.en ?? '',
        en_text: values.en_text ?? '',
        id,
        area,
        to,
      })
      setId(newId())
      form.resetFields()
      setSaid(
        unreached.length
          ? w.t('se.unreached', { who: unreached.map(called).join(w.t('list.comma')) })
          : w.t('se.done', { n: w.n(to.length) }),
      )
    })
  /** Writes the words of the template anew where it, the issuer or the telephone number changed. */
  const fill = (changed: Partial<Values>, all: Values) => {
    setSaid('')
    if (!all.template || !['template', 'issuer', 'phone'].some((one) => one in changed)) return
    for (const lang of ['zh', 'en'] as const) {
      const its = spoken.find((one) => one.lang === lang)
      const given = { area: name(lang), issuer: all.issuer ?? '', phone: all.phone ?? '', day }
      const made = its && plain(its, all.template, given)
      if (made) form.setFieldsValue({ [lang]: made.title, [`${lang}_text`]: made.text })
    }
  }
  const chosen = Form.useWatch('template', form)
  const line = <Input maxLength={200} autoComplete="off" />
  const options = [
    { value: area, name: '', label: <AreaName code={area} /> },
    ...(below.data?.areas ?? []).map((one) => ({ value: one.area, name: w.name(one), label: w.name(one) })),
    ...(known.data ?? []).map((one) => ({
      value: `${area}|${one.account}`,
      name: one.name,
      label: one.name || one.account,
    })),
  ]
  return (
    <section className="card" aria-label={w.t('no.tab.send')}>
      <Form
        form={form}
        name="notice"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={fill}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item name="template" label={w.t('se.template')}>
            <Select allowClear loading={loading} options={titles(spoken, w.lang, name(w.lang))} />
          </Form.Item>
          {chosen && (
            <Form.Item name="phone" label={w.t('te.phone')}>
              <Input maxLength={40} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item key={sort} name="sort" initialValue={sort} label={w.t('se.sort')} rules={needed} {...told('sort')}>
            <Select loading={loading} options={sorts.map((one) => ({ value: one, label: w.t(`no.sort.${one}`) }))} />
          </Form.Item>
          <Form.Item name="issuer" label={w.t('se.issuer')} rules={needed} {...told('issuer')}>
            {line}
          </Form.Item>
          <Form.Item name="doc_no" label={w.t('se.doc')} rules={needed} {...told('doc_no')}>
            {line}
          </Form.Item>
          <Form.Item name="to" className="wide" label={w.t('se.to')} rules={needed} {...told('to.area')}>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'name' }} options={options} />
          </Form.Item>
          <Form.Item name="zh" label={w.t('se.title.zh')} rules={needed} {...told('zh')}>
            {line}
          </Form.Item>
          <Form.Item name="en" label={w.t('se.title.en')} {...told('en')}>
            {line}
          </Form.Item>
          <Form.Item name="zh_text" className="wide" label={w.t('se.text.zh')} rules={needed} {...told('zh_text')}>
            <Input.TextArea maxLength={1000} rows={4} />
          </Form.Item>
          <Form.Item name="en_text" className="wide" label={w.t('se.text.en')} {...told('en_text')}>
            <Input.TextArea maxLength={1000} rows={4} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('se.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{said}</p>}</div>
    </section>
  )
}
