import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { beds, type HospitalCard, type Stay, TYPES } from '../../api/beds'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { ActBar } from '../../forms/ActBar'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { DayField, dayRule, plainDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Marks, Sums } from './BedBoard'
import { useBeds } from './beds'
import { AskTransfer } from './TransferForm'

/** One hospital: its beds, who lies in them, and what can be done about either. */
export function BedHospital({ id }: { id: string }) {
  const w = useBeds()
  const { may } = useSession()
  const found = useResource(`hospital|${id}`, (signal) => beds.hospital(id, signal), 'keep', ['care'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <h1>{w.name(card)}</h1>
        <p>
          <AreaName code={card.area} /> · {w.t(`bd.level.${card.level}`)} <Marks of={card} />
        </p>
        <nav className="tabs" aria-label={w.t('bd.tabs')}>
          <a href="#beds">{w.t('bd.to.board')}</a>
        </nav>
      </div>
      <Sums places={card.places} />
      {may('stays.read') && <Lying card={card} again={found.retry} />}
      <Free card={card} />
      {may('hospitals.manage') && !card.closed && (
        <ActBar
          title={w.t('bd.manage')}
          acts={['beds'] as const}
          label={() => w.t('bd.add')}
          said={() => w.t('bd.said')}
          form={(_, done, close) => (
            <AddBeds
              id={id}
              close={close}
              done={() => {
                done()
                found.retry()
              }}
            />
          )}
        />
      )}
    </>
  )
}

/** Who lies in the beds, or for whom one is kept. */
function Lying({ card, again }: { card: HospitalCard; again: () => void }) {
  const w = useBeds()
  const found = useResource(`stays|${card.id}`, (signal) => beds.stays(card.id, signal), 'keep', ['care'])
  const done = () => {
    found.retry()
    again()
  }
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <section className="card" aria-labelledby="lying-title">
      <h2 id="lying-title">{w.t('bd.lying', { n: w.n(found.data.stays.length) })}</h2>
      {found.data.stays.length ? (
        <Grid
          label={w.t('bd.lying.label')}
          rows={found.data.stays}
          keyOf={(one) => one.stay}
          columns={[
            {
              key: 'bed',
              title: w.t('bd.bed'),
              head: true,
              cell: (one) => (
                <>
                  {one.number} <span className="muted">{w.t(`bd.type.${one.type}`)}</span>
                  {one.temporary && <span className="tag">{w.t('bd.temporary')}</span>}
                </>
              ),
            },
            { key: 'patient', title: w.t('bd.patient'), cell: (one) => <Patient of={one} /> },
            {
              key: 'since',
              title: w.t('bd.since'),
              cell: (one) => (
                <>
                  {w.stamp(one.entered ?? one.since)}
                  {!one.entered && <span className="tag warns">{w.t('bd.kept')}</span>}
                  {one.offline && <span className="tag">{w.t('bd.offline')}</span>}
                </>
              ),
            },
            {
              key: 'act',
              title: w.t('bd.act'),
              cell: (one) => <StayActs of={one} hospital={card} done={done} />,
            },
          ]}
        />
      ) : (
        <Empty title={w.t('bd.lying.none')} text={w.t('bd.lying.none.text')} />
      )}
    </section>
  )
}

function Patient({ of }: { of: Stay }) {
  const w = useBeds()
  const { may } = useSession()
  const called = w.t('bd.who', { id: (of.case ?? of.person).slice(-6) })
  return (
    <>
      {of.case && may('cases.read') ? <a href={`#cases/${of.case}`}>{called}</a> : called}
      <span className="alarms">
        {of.severity && <span className="muted">{w.t(`bd.severity.${of.severity as 'mild'}`)}</span>}
        {of.case_ended && <span className="tag fails">{w.t('bd.case_ended')}</span>}
        {of.twice && <span className="tag fails">{w.t('bd.twice')}</span>}
      </span>
    </>
  )
}

const REASONS = ['recovered', 'left', 'died', 'transferred'] as const

function StayActs({ of, hospital, done }: { of: Stay; hospital: HospitalCard; done: () => void }) {
  const w = useBeds()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState<'release' | 'transfer' | null>(null)
  const [fact, setFact] = useState(newId)
  if (!may('stays.record')) return null
  const finish = () => {
    setOpen(null)
    setFact(newId())
    done()
  }
  const release = (reason: Stay['reason']) =>
    run(async () => {
      await beds.release(of.bed, { stay: of.stay, reason: reason ?? 'left', fact })
      finish()
    })
  const arrive = () =>
    run(async () => {
      await beds.claim({
        hospital: hospital.id,
        type: of.type,
        stay: of.stay,
        case: of.case,
        person: of.person,
        arrive: true,
        fact,
      })
      finish()
    })
  const own = !of.transfer || of.entered
  return (
    <>
      <div className="row-acts">
        {of.entered && (
          <>
            <Button
              size="small"
              aria-expanded={open === 'release'}
              onClick={() => setOpen(open === 'release' ? null : 'release')}
            >
              {w.t('bd.release')}
            </Button>
            <Button
              size="small"
              aria-expanded={open === 'transfer'}
              onClick={() => setOpen(open === 'transfer' ? null : 'transfer')}
            >
              {w.t('bd.transfer')}
            </Button>
          </>
        )}
        {!of.entered && own && (
          <>
            <Button size="small" type="primary" loading={busy} onClick={arrive}>
              {w.t('bd.arrived')}
            </Button>
            <Button size="small" onClick={() => release('not_come')}>
              {w.t('bd.not_come')}
            </Button>
          </>
        )}
        {!of.transfer && of.entered && (
          <Button size="small" onClick={() => run(() => beds.takeBack(of.bed, of.fact).then(finish))}>
            {w.t('bd.back')}
          </Button>
        )}
      </div>
      {open === 'release' && (
        <Form layout="vertical" size="small" onFinish={(v: { reason: Stay['reason'] }) => release(v.reason)}>
          <Form.Item name="reason" label={w.t('bd.reason')} initialValue="recovered">
            <Select options={REASONS.map((value) => ({ value, label: w.t(`bd.left.${value}`) }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('bd.release')}
          </Button>
        </Form>
      )}
      {open === 'transfer' && <AskTransfer bed={of.bed} stay={of.stay} from={hospital.id} done={finish} />}
      <Told error={error} />
    </>
  )
}

/** The free beds by type and number. */
function Free({ card }: { card: HospitalCard }) {
  const w = useBeds()
  const free = card.beds.filter((one) => !one.stay)
  return (
    <section className="card" aria-labelledby="free-title">
      <h2 id="free-title">{w.t('bd.free.title', { n: w.n(free.length) })}</h2>
      {TYPES.map((type) => {
        const its = free.filter((one) => one.type === type)
        if (!its.length) return null
        return (
          <p key={type}>
            {w.t(`bd.type.${type}`)}{' '}
            <span className="muted">{its.map((one) => one.number).join(w.lang === 'zh' ? '、' : ', ')}</span>
          </p>
        )
      })}
      {!free.length && <p className="late">{w.t('bd.full')}</p>}
    </section>
  )
}

interface Values {
  ward: string
  numbers: string
  type: HospitalCard['beds'][number]['type']
  temporary?: boolean
  first: string
  last?: string
}

function AddBeds({ id, done, close }: { id: string; done: () => void; close: () => void }) {
  const w = useBeds()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('bd.required') }]
  const days = [dayRule(w.t('bd.day.form'))]
  const submit = ({ numbers, first, last, ...values }: Values) =>
    run(async () => {
      await beds.open(id, {
        ...values,
        temporary: Boolean(values.temporary),
        numbers: numbers.split(/[\s,，、]+/).filter(Boolean),
        first: plainDay(first),
        last: last ? plainDay(last) : null,
      })
      done()
    })
  return (
    <Form
      name="beds"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={{ type: 'isolation', first: civilDay(session?.server_time ?? '') }}
    >
      <div className="fields">
        <Form.Item name="type" label={w.t('bd.type')} rules={needed} {...told('type')}>
          <Select options={TYPES.map((value) => ({ value, label: w.t(`bd.type.${value}`) }))} />
        </Form.Item>
        <Form.Item name="ward" label={w.t('bd.ward')} extra={w.t('bd.code.help')} rules={needed} {...told('ward')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="numbers"
          label={w.t('bd.numbers')}
          extra={w.t('bd.numbers.help')}
          rules={needed}
          {...told('numbers')}
        >
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="first" label={w.t('bd.first')} rules={[...needed, ...days]} {...told('first')}>
          <DayField />
        </Form.Item>
        <Form.Item name="last" label={w.t('bd.last')} extra={w.t('bd.last.help')} rules={days} {...told('last')}>
          <DayField />
        </Form.Item>
        <Form.Item name="temporary" valuePropName="checked" {...told('temporary')}>
          <Checkbox>{w.t('bd.temporary')}</Checkbox>
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('bd.go')}
        </Button>
        <Button onClick={close}>{w.t('bd.cancel')}</Button>
      </div>
    </Form>
  )
}
