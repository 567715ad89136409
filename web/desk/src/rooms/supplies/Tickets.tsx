import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { production, type Ticket } from '../../api/production'
import { useResource } from '../../api/resource'
import { tasks } from '../../api/tasks'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { useProduction } from './production'
import { type Recorded, Undo } from './Undo'

const OF_PRODUCERS = ['material', 'labour', 'transport', 'restart'] as const
const OF_FACILITIES = ['power', 'water', 'gas', 'heat', 'telephone', 'network'] as const
const OUTCOMES = ['solved', 'not_possible', 'withdrawn'] as const

/** What enterprises and facilities need, the first due first. */
export function Tickets({ area }: { area: string }) {
  const w = useProduction()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const [last, setLast] = useState<Recorded | null>(null)
  const state = filter.state === 'closed' ? 'closed' : 'open'
  const found = useResource(`support|${area}|${state}`, (signal) => production.tickets(area, state, signal), 'keep', [
    'supplies',
  ])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  const done = (recorded: Recorded | null) => {
    setLast(recorded)
    found.retry()
  }
  return (
    <>
      <section className="card" aria-label={w.t('pd.tab.support')}>
        <div className="pick inline">
          <span aria-hidden>{w.t('sp.state')}</span>
          <Select
            aria-label={w.t('sp.state')}
            value={state}
            popupMatchSelectWidth={false}
            onChange={(to) => narrow({ state: to })}
            options={(['open', 'closed'] as const).map((value) => ({ value, label: w.t(`sp.${value}`) }))}
          />
        </div>
        <p role="status">{state === 'open' && w.t('sp.sum', { n: w.n(of.tickets.length), late: w.n(of.late) })}</p>
        <p className="muted small">{w.t('sp.hours', { needs: w.n(of.support_h), facilities: w.n(of.facility_h) })}</p>
        <Undo last={last} takeBack={production.takeSupportBack} done={() => done(null)} />
        {of.tickets.length ? (
          <Grid
            label={w.t('pd.tab.support')}
            rows={of.tickets}
            keyOf={(one) => one.id}
            columns={[
              {
                key: 'of',
                title: w.t('sp.of'),
                head: true,
                cell: (one) => (
                  <>
                    {w.name({ zh: one.of, en: one.of_en })}
                    {one.zh && <span className="muted small block">{one.zh}</span>}
                  </>
                ),
              },
              { key: 'category', title: w.t('sp.category'), cell: (one) => w.t(`sp.${one.category}`) },
              { key: 'due', title: w.t('sp.due'), cell: (one) => <Due of={one} /> },
              { key: 'taken', title: w.t('sp.taken'), cell: (one) => <Stand of={one} /> },
              {
                key: 'act',
                title: '',
                cell: (one) => may('support.answer') && !one.closed && <Answer of={one} done={done} />,
              },
            ]}
          />
        ) : (
          <Empty title={w.t('sp.none.title')} text={w.t('sp.none.text')} />
        )}
      </section>
      {may('support.ask') && <Ask area={area} done={done} />}
    </>
  )
}

function Due({ of }: { of: Ticket }) {
  const w = useProduction()
  return (
    <>
      {w.stamp(of.due)}
      {of.late && <span className="late small block">{w.t('sp.late')}</span>}
    </>
  )
}

function Stand({ of }: { of: Ticket }) {
  const w = useProduction()
  if (of.closed && of.outcome) return <>{w.t('sp.ended', { how: w.t(`sp.${of.outcome}`), at: w.stamp(of.closed) })}</>
  if (of.taken) return <>{w.t('sp.taken.by', { by: of.taken_by, at: w.stamp(of.taken) })}</>
  return <>{of.owner ? w.t('sp.owner.of', { who: of.owner }) : w.t('sp.waits')}</>
}

function Answer({ of, done }: { of: Ticket; done: (recorded: Recorded) => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  return (
    <>
      <div className="row-acts">
        {!of.taken && (
          <Button
            size="small"
            loading={busy}
            onClick={() => run(() => production.take(of.id, { fact }).then(() => done({ id: of.id, fact })))}
          >
            {w.t('sp.take')}
          </Button>
        )}
        {OUTCOMES.map((outcome) => (
          <Button
            key={outcome}
            size="small"
            disabled={busy}
            onClick={() => {
              const own = newId()
              return run(() =>
                production.close(of.id, { fact: own, outcome }).then(() => done({ id: of.id, fact: own })),
              )
            }}
          >
            {w.t(`sp.${outcome}`)}
          </Button>
        ))}
      </div>
      <Told error={error} />
    </>
  )
}

interface Values {
  category: Ticket['category']
  producer?: string
  facility?: string
  zh?: string
  owner?: string
  due?: string
}

function Ask({ area, done }: { area: string; done: (recorded: null) => void }) {
  const w = useProduction()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const category = Form.useWatch('category', form)
  const ofProducer = (OF_PRODUCERS as readonly string[]).includes(category ?? '')
  const producers = useResource(
    may('production.read') ? `producers|${area}` : null,
    (signal) => production.producers(area, '', signal),
    'keep',
  )
  const gives = may('tasks.assign')
  const owners = useResource(gives ? `assignees|support.solve|${area}` : null, (signal) =>
    tasks.assignees('support.solve', area, signal),
  )
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      await production.askSupport({
        ...values,
        facility: values.facility ?? '',
        zh: values.zh ?? '',
        owner: values.owner ?? null,
        due: values.due || null,
        id: newId(),
        area,
      })
      form.resetFields()
      done(null)
    })
  return (
    <section className="card" aria-labelledby="support-new">
      <h2 id="support-new">{w.t('sp.new')}</h2>
      <Form form={form} name="support" layout="vertical" requiredMark={false} onFinish={submit}>
        <div className="fields">
          <Form.Item name="category" label={w.t('sp.category')} rules={needed} {...told('category')}>
            <Select
              options={[...OF_PRODUCERS, ...OF_FACILITIES].map((value) => ({ value, label: w.t(`sp.${value}`) }))}
            />
          </Form.Item>
          {ofProducer ? (
            <Form.Item name="producer" label={w.t('pr.name')} rules={needed} {...told('producer')}>
              <Select
                options={producers.data?.producers.map((one) => ({
                  value: one.id,
                  label: w.name({ zh: one.name, en: one.en }),
                }))}
              />
            </Form.Item>
          ) : (
            <Form.Item name="facility" label={w.t('sp.facility')} rules={needed} {...told('facility')}>
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item name="zh" label={w.t('sp.what')} {...told('zh')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          {gives && (
            <Form.Item name="owner" label={w.t('sp.owner')} {...told('owner')}>
              <Select
                allowClear
                loading={owners.loading}
                options={owners.data?.map((one) => ({ value: one.code, label: one.name || one.code }))}
              />
            </Form.Item>
          )}
          <Form.Item name="due" label={w.t('sp.due')} extra={w.t('sp.due.usual')} {...told('due')}>
            <TimeField />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('pd.record')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
