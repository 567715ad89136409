import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Experts as Board, type ExpertTeam, experts, referrals } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Consultations } from './Consultations'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

const LEVELS = ['nation', 'province', 'prefecture', 'county'] as const

/** Expert teams, the hospitals that they look after, and what they are asked. */
export function Experts() {
  const w = useWays()
  const { may } = useSession()
  const [last, setLast] = useState<Last | null>(null)
  const found = useResource('experts', experts.board, 'keep', ['care'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const acted = (one: Last | null) => {
    setLast(one)
    found.retry()
  }
  const { teams } = found.data
  return (
    <>
      {last && (
        <div className="actions">
          <Undo last={last} done={() => acted(null)} />
        </div>
      )}
      {!teams.length && <Empty title={w.t('team.none.title')} text={w.t('team.none.text')} />}
      {teams.length > 0 && <Teams of={found.data} done={acted} />}
      {teams.length > 0 && <Consultations of={found.data} done={acted} />}
      {may('experts.manage') && <NewTeam of={found.data} done={acted} />}
    </>
  )
}

interface Props {
  of: Board
  done: (acted: Last) => void
}

function Teams({ of, done }: Props) {
  const w = useWays()
  const { may } = useSession()
  const manages = may('experts.manage')
  const specialty = (code: string) => {
    const its = of.specialties.find((one) => one.code === code)
    return its ? w.name(its) : code
  }
  return (
    <section className="card" aria-label={w.t('ways.tab.experts')}>
      <h2>{w.t('ways.tab.experts')}</h2>
      <LongGrid
        label={w.t('ways.tab.experts')}
        rows={of.teams}
        keyOf={(one) => one.id}
        total={of.teams.length}
        more={null}
        onward={false}
        busy={false}
        columns={[
          {
            key: 'name',
            title: w.t('svc.name'),
            head: true,
            cell: (one) => (
              <>
                {w.name(one)} {one.mine && <span className="tag">{w.t('team.mine')}</span>}
                <span className="muted block small">
                  {w.t(`team.level.${one.level}`)} · {w.t('team.people', { n: w.n(one.headcount) })}
                </span>
              </>
            ),
          },
          {
            key: 'specialties',
            title: w.t('team.specialties'),
            cell: (one) => one.specialties.map(specialty).join(w.lang === 'zh' ? '、' : ', '),
          },
          {
            key: 'hospitals',
            title: w.t('team.hospitals'),
            cell: (one) =>
              one.hospitals.length
                ? one.hospitals.map((its) => (
                    <span key={its.id} className="block">
                      {w.name(its)}
                    </span>
                  ))
                : w.t('team.ready'),
          },
          { key: 'open', title: w.t('team.open'), cell: (one) => w.n(one.open) },
          {
            key: 'acts',
            title: w.t('tri.col.acts'),
            cell: (one) => (manages ? <Acts of={one} done={done} /> : null),
            className: 'acts',
          },
        ]}
      />
    </section>
  )
}

function Acts({ of, done }: { of: ExpertTeam; done: (acted: Last) => void }) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const dissolve = () =>
    run(async () => {
      const made = await experts.act(of.id, 'dissolve', { fact: newId() })
      done({ what: w.t('team.dissolve'), take: () => experts.takeBack(of.id, made.fact) })
    })
  return (
    <>
      <Assign of={of} done={done} />
      <Button size="small" loading={busy} onClick={dissolve}>
        {w.t('team.dissolve')}
      </Button>
      <Told error={error} />
    </>
  )
}

/** To which hospital a team goes from today on: which there are is asked for when the list is opened. */
function Assign({ of, done }: { of: ExpertTeam; done: (acted: Last) => void }) {
  const w = useWays()
  const now = useNow()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const found = useResource(open ? 'facilities' : null, referrals.facilities)
  const others = (found.data ?? []).filter((one) => !of.hospitals.some((its) => its.id === one.id))
  const assign = (hospital: string) =>
    run(async () => {
      const first = civilDay(now ?? Date.now())
      const made = await experts.act(of.id, 'assign', { hospital, first, fact: newId() })
      done({ what: w.t('team.assign'), take: () => experts.takeBack(of.id, made.fact) })
    })
  return (
    <>
      <Select
        size="small"
        value={null}
        loading={busy || found.loading}
        placeholder={w.t('team.assign')}
        aria-label={w.t('team.assign')}
        popupMatchSelectWidth={false}
        onOpenChange={setOpen}
        onChange={assign}
        showSearch={{ optionFilterProp: 'label' }}
        options={others.map((one) => ({ value: one.id, label: w.name(one) }))}
      />
      <Told error={error ?? found.error} />
    </>
  )
}

interface Values {
  zh: string
  level: (typeof LEVELS)[number]
  specialties: string[]
  members: string[]
  headcount: number
}

function NewTeam({ of, done }: Props) {
  const w = useWays()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [ids, setIds] = useState(() => ({ id: newId(), fact: newId() }))
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('ways.required') }]
  const submit = (values: Values) =>
    run(async () => {
      const made = await experts.form({ ...values, area: session?.area ?? '', ...ids })
      setIds({ id: newId(), fact: newId() })
      form.resetFields()
      done({ what: w.t('team.form'), take: () => experts.takeBack(made.id, made.fact) })
    })
  return (
    <section className="card" aria-label={w.t('team.form')}>
      <h2>{w.t('team.form')}</h2>
      <Form
        form={form}
        name="team"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ level: 'county', specialties: [], headcount: 1 }}
      >
        <div className="fields">
          <Form.Item name="zh" label={w.t('svc.name')} rules={needed} {...told('zh')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="level" label={w.t('team.level')} rules={needed} {...told('level')}>
            <Select options={LEVELS.map((value) => ({ value, label: w.t(`team.level.${value}`) }))} />
          </Form.Item>
          <Form.Item name="specialties" label={w.t('team.specialties')} {...told('specialties')}>
            <Select
              mode="multiple"
              optionFilterProp="label"
              options={of.specialties.map((one) => ({ value: one.code, label: w.name(one) }))}
            />
          </Form.Item>
          <Form.Item
            name="members"
            label={w.t('team.members')}
            extra={w.t('team.members.help')}
            rules={needed}
            {...told('members')}
          >
            <Select
              mode="multiple"
              optionFilterProp="label"
              notFoundContent={w.t('team.nobody')}
              options={of.accounts.map((one) => ({ value: one.account, label: one.name || one.account }))}
            />
          </Form.Item>
          <Form.Item name="headcount" label={w.t('team.headcount')} rules={needed} {...told('headcount')}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('team.go')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
