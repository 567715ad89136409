import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { gates, type PostNotice } from '../../api/gates'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** Notices to posts, each copy with its receipts; a post answers here. */
export function Notices() {
  const { session, may } = useSession()
  const [filter] = useFilter()
  const area = filter.area ?? session?.area ?? ''
  const found = useResource(`post-notices|${area}`, (signal) => gates.notices({ area }, signal), 'keep', ['gates'])
  const posts = useResource(`posts|${area}|||`, (signal) => gates.list({ area }, signal), 'keep')
  const named = Object.fromEntries(posts.data?.posts.map((one) => [one.id, one.name]) ?? [])
  return (
    <>
      {may('gates.manage') && posts.data && posts.data.total > 0 && (
        <Send posts={Object.keys(named)} done={found.retry} />
      )}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Listed rows={found.data} named={named} done={found.retry} />}
    </>
  )
}

function Send({ posts, done }: { posts: string[]; done: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm()
  const { busy, error, run } = useAct()
  const [group, setGroup] = useState(newId)
  const [sent, setSent] = useState<number | null>(null)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('act.required') }]
  const submit = (values: Record<string, string>) =>
    run(async () => {
      const { notices } = await gates.send({ ...values, posts, group })
      setSent(notices.length)
      setGroup(newId())
      form.resetFields()
      done()
    })
  return (
    <section className="card">
      <h2>{w.t('note.new')}</h2>
      <p className="muted">{w.t('note.to', { n: w.n(posts.length) })}</p>
      <Form form={form} name="notice" layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="title" label={w.t('note.subject')} rules={needed} {...told('title')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="text" label={w.t('note.text')} rules={needed} {...told('text')}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('note.go')}
          </Button>
        </div>
      </Form>
      <div role="status">
        {sent !== null && <Alert type="success" showIcon title={w.t('note.sent', { n: w.n(sent) })} />}
      </div>
    </section>
  )
}

function Listed({ rows, named, done }: { rows: PostNotice[]; named: Record<string, string>; done: () => void }) {
  const w = useSpoken()
  if (!rows.length) return <Empty title={w.t('note.none.title')} text={w.t('note.none.text')} />
  const when = (at: string | null) => (at ? w.stamp(at) : <span className="null">{w.t('note.pending')}</span>)
  return (
    <section className="card" aria-label={w.t('note.title')}>
      <Grid
        label={w.t('note.title')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'title',
            title: w.t('note.subject'),
            head: true,
            cell: (one) => (
              <>
                {one.title}
                <span className="muted block small">{one.text}</span>
              </>
            ),
          },
          { key: 'post', title: w.t('gt.name'), cell: (one) => named[one.post] ?? one.post.slice(-6) },
          { key: 'sent', title: w.t('note.at'), cell: (one) => w.stamp(one.sent) },
          { key: 'delivered', title: w.t('note.delivered'), cell: (one) => when(one.delivered) },
          { key: 'read', title: w.t('note.read'), cell: (one) => when(one.read) },
          { key: 'acted', title: w.t('note.acted'), cell: (one) => when(one.acted) },
          { key: 'answer', title: w.t('gt.acts'), cell: (one) => <Answer of={one} done={done} /> },
        ]}
      />
    </section>
  )
}

function Answer({ of, done }: { of: PostNotice; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const step = !of.read ? 'read' : of.acted ? null : 'acted'
  if (!step || !may('gates.run')) return null
  const answer = () =>
    run(async () => {
      await gates.receipt(of.id, step)
      done()
    })
  return (
    <>
      <Button size="small" loading={busy} onClick={answer}>
        {w.t(`note.step.${step}`)}
      </Button>
      <Told error={error} />
    </>
  )
}
