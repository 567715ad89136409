import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type CommandPost, type CommandPosts as Posts, plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { titled } from './titled'
import { useSpoken } from './words'

/** Which of the divisions right below an area have a command post, and which are missing. */
export function CommandPosts({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`command-posts|${area}`, (signal) => plans.commandPosts(area, signal), 'keep', ['command'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <section className="card" aria-labelledby="command-posts-title">
        <h2 id="command-posts-title">{w.t('cp.own')}</h2>
        {of.own ? <Named of={of.own} /> : <p className="null">{w.t('cp.none')}</p>}
        {of.own && may('plans.manage') && <Acts of={of.own} done={found.retry} />}
        {of.of > 0 && (
          <p role="status">
            <b>{w.t('cp.coverage', { n: w.n(of.n), of: w.n(of.of) })}</b> <Missing of={of} />
          </p>
        )}
      </section>
      {of.of > 0 && <Below of={of} done={found.retry} />}
      {may('plans.manage') && <Establish key={area} of={of} done={found.retry} />}
    </>
  )
}

/** So many are told by name in the sentence; where there are more, the table tells them. */
const NAMED = 12

function Missing({ of }: { of: Posts }) {
  const w = useSpoken()
  if (!of.missing.length || of.missing.length > NAMED) return null
  const missing = of.areas.filter((one) => !one.post).map((one) => w.name(one))
  return <span>{w.t('cp.missing', { areas: missing.join(w.t('list.comma')) })}</span>
}

function Named({ of }: { of: CommandPost }) {
  const w = useSpoken()
  return (
    <p>
      {w.name(titled(of))}
      <span className="muted block small">
        {w.stamp(of.starts)} · {of.issuer} · {of.doc_no}
      </span>
      {of.ends && <span className="muted block small">{w.t('cp.until', { at: w.stamp(of.ends) })}</span>}
    </p>
  )
}

function Below({ of, done }: { of: Posts; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const acts =
    may('plans.manage') && of.n
      ? [
          {
            key: 'act',
            title: w.t('level.act'),
            cell: (one: Posts['areas'][number]) => one.post && <Acts of={one.post} done={done} />,
          },
        ]
      : []
  return (
    <section className="card" aria-label={w.t('cp.below')}>
      <Grid
        label={w.t('cp.below')}
        rows={of.areas}
        keyOf={(one) => one.area}
        columns={[
          { key: 'area', title: w.t('rd.area'), head: true, cell: (one) => w.name(one) },
          {
            key: 'post',
            title: w.t('pl.tab.posts'),
            cell: (one) => (one.post ? <Named of={one.post} /> : <span className="tag fails">{w.t('cp.none')}</span>),
          },
          ...acts,
        ]}
      />
    </section>
  )
}

/** Dissolving one, with the document; taking back one that was recorded by mistake, or its end. */
function Acts({ of, done }: { of: CommandPost; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const dissolve = (values: { doc_no: string; ends: string }) =>
    run(async () => {
      await plans.dissolveCommandPost({ ...values, area: of.area })
      setOpen(false)
      done()
    })
  return (
    <>
      <div className="row-acts">
        {!of.ends && (
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {w.t('cp.dissolve')}
          </Button>
        )}
        <Undo
          label={of.dissolved ? w.t('cp.back.end') : undefined}
          take={() => plans.takeCommandPostBack(of)}
          done={done}
        />
      </div>
      {open && (
        <Form layout="vertical" size="small" requiredMark={false} onFinish={dissolve} aria-label={w.t('cp.dissolve')}>
          <Form.Item name="doc_no" label={w.t('level.doc')} rules={needed} {...told('doc_no')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="ends" label={w.t('cp.ends')} rules={needed} {...told('ends')}>
            <TimeField />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('cp.dissolve')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </>
  )
}

interface Values {
  area: string
  zh: string
  en?: string
  issuer: string
  doc_no: string
  starts: string
}

function Establish({ of, done }: { of: Posts; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [said, setSaid] = useState(false)
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      await plans.establishCommandPost({ ...values, en: values.en ?? '', fact })
      setFact(newId())
      setSaid(true)
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-labelledby="establish-title">
      <h2 id="establish-title">{w.t('cp.new')}</h2>
      <Form
        form={form}
        name="command_post"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={{ area: of.own ? of.missing[0] : of.area }}
      >
        <div className="fields">
          <Form.Item name="area" label={w.t('rd.area')} rules={needed} {...told('area')}>
            <Select
              showSearch={{ optionFilterProp: 'name' }}
              options={[
                { value: of.area, name: '', label: <AreaName code={of.area} /> },
                ...of.areas.map((one) => ({ value: one.area, name: w.name(one), label: w.name(one) })),
              ]}
            />
          </Form.Item>
          <Form.Item name="zh" label={w.t('cp.zh')} rules={needed} {...told('zh')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={w.t('cp.en')} {...told('en')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="issuer" label={w.t('level.issuer')} rules={needed} {...told('issuer')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="doc_no" label={w.t('level.doc')} rules={needed} {...told('doc_no')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="starts" label={w.t('level.starts')} rules={needed} {...told('starts')}>
            <TimeField />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('level.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{w.t('level.done')}</p>}</div>
    </section>
  )
}
