import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type LabourRequest, type Labour as List, production } from '../../api/production'
import { useResource } from '../../api/resource'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useProduction } from './production'

/** Hands that producers ask for, and who could go. No name is shown: how many go is enough here. */
export function Labour({ area }: { area: string }) {
  const w = useProduction()
  const { may } = useSession()
  const found = useResource(`labour|${area}`, (signal) => production.labour(area, signal), 'keep', ['supplies'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <section className="card" aria-label={w.t('pd.tab.labour')}>
        {of.requests.length ? (
          <Grid
            label={w.t('pd.tab.labour')}
            rows={of.requests}
            keyOf={(one) => one.id}
            columns={[
              {
                key: 'producer',
                title: w.t('pr.name'),
                head: true,
                cell: (one) => w.name({ zh: one.name, en: one.en }),
              },
              {
                key: 'shift',
                title: w.t('lb.shift'),
                cell: (one) => w.t('lb.from_to', { from: w.stamp(one.begins), to: w.stamp(one.ends) }),
              },
              {
                key: 'asked',
                title: w.t('lb.asked'),
                cell: (one) => w.t('lb.in_groups', { n: w.n(one.people), groups: w.n(one.groups) }),
              },
              { key: 'going', title: w.t('lb.going'), cell: (one) => <Going of={one} /> },
              {
                key: 'act',
                title: '',
                cell: (one) => may('production.manage') && <Give of={one} teams={of.teams} done={found.retry} />,
              },
            ]}
          />
        ) : (
          <Empty title={w.t('lb.none.title')} text={w.t('lb.none.text')} />
        )}
      </section>
      {may('production.manage') && <Ask area={area} done={found.retry} />}
    </>
  )
}

function Going({ of }: { of: LabourRequest }) {
  const w = useProduction()
  if (!of.going) return <span className="tag fails">{w.t('lb.nobody')}</span>
  return (
    <>
      {w.t('lb.groups', { n: w.n(of.going), groups: of.given.map((n) => w.n(n)).join(' + ') })}
      {of.going < of.people && (
        <span className="late block">{w.t('lb.missing', { n: w.n(of.people - of.going) })}</span>
      )}
    </>
  )
}

interface GiveProps {
  of: LabourRequest
  teams: List['teams']
  done: () => void
}

/** Who of some teams would go is looked at first; then they go. */
function Give({ of, teams, done }: GiveProps) {
  const w = useProduction()
  const { busy, error, run, clear } = useAct()
  const [chosen, setChosen] = useState<string[]>([])
  const [shown, setShown] = useState<Schemas['LabourGivenOut'] | null>(null)
  const [fact] = useState(newId)
  const choose = (to: string[]) => {
    setChosen(to)
    setShown(null)
    clear()
  }
  const going = shown?.groups.reduce((sum, n) => sum + n, 0) ?? 0
  const send = (confirm: number | null) =>
    run(async () => {
      setShown(await production.giveLabour(of.id, { fact, teams: chosen, confirm }))
      if (confirm !== null) done()
    })
  return (
    <div className="sub-form">
      <Select
        mode="multiple"
        aria-label={w.t('lb.teams')}
        placeholder={w.t('lb.teams')}
        value={chosen}
        onChange={choose}
        options={teams.map((one) => ({
          value: one.id,
          label: w.t('lb.team', { name: w.name({ zh: one.zh, en: one.en || one.zh }), n: w.n(one.members) }),
        }))}
        style={{ minWidth: '14rem' }}
      />{' '}
      <Button size="small" disabled={!chosen.length} loading={busy && !shown} onClick={() => send(null)}>
        {w.t('lb.look')}
      </Button>
      {shown && (
        <p role="status">
          {w.t('lb.would', {
            n: w.n(going),
            groups: shown.groups.map((n) => w.n(n)).join(' + '),
            missing: w.n(shown.missing),
            busy: w.n(shown.busy),
          })}{' '}
          {!shown.done && going > 0 && (
            <Button type="primary" size="small" loading={busy} onClick={() => send(going)}>
              {w.t('lb.give')}
            </Button>
          )}
        </p>
      )}
      <Told error={error} />
    </div>
  )
}

interface Values {
  producer: string
  people: number
  groups: number
  begins: string
  ends: string
}

function Ask({ area, done }: { area: string; done: () => void }) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [form] = Form.useForm<Values>()
  const producers = useResource(`producers|${area}`, (signal) => production.producers(area, '', signal), 'keep')
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      await production.askLabour({ ...values, id: newId() })
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-labelledby="labour-new">
      <h2 id="labour-new">{w.t('lb.new')}</h2>
      <Form
        form={form}
        name="labour"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ groups: 1 }}
      >
        <div className="fields">
          <Form.Item name="producer" label={w.t('pr.name')} rules={needed} {...told('producer')}>
            <Select
              options={producers.data?.producers.map((one) => ({
                value: one.id,
                label: w.name({ zh: one.name, en: one.en }),
              }))}
            />
          </Form.Item>
          <Form.Item name="people" label={w.t('lb.people')} rules={needed} {...told('people')}>
            <InputNumber min={1} max={2000} precision={0} />
          </Form.Item>
          <Form.Item name="groups" label={w.t('lb.n_groups')} rules={needed} {...told('groups')}>
            <InputNumber min={1} max={50} precision={0} />
          </Form.Item>
          <Form.Item name="begins" label={w.t('lb.begins')} rules={needed} {...told('begins')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="ends" label={w.t('lb.ends')} rules={needed} {...told('ends')}>
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
