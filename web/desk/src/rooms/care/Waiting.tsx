import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { type BedType, beds, TYPES, type WaitingList, type Waits } from '../../api/beds'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useBeds } from './beds'
import { AskTransfer, useHospitalOptions } from './TransferForm'
import { WaitingPlan } from './WaitingPlan'

/** Who waits for a bed and for how long, severe cases first. The goal is nobody. */
export function Waiting({ area }: { area: string }) {
  const w = useBeds()
  const { may } = useSession()
  const found = useResource(`waiting|${area}`, (signal) => beds.waiting(area, signal), 'keep', ['care', 'cases'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const list = found.data
  return (
    <>
      <Counts of={list} />
      {may('transfers.approve') &&
        !list.masked &&
        list.waiting.some((one) => one.waits_for === 'bed' && !one.kept_in) && (
          <WaitingPlan area={area} done={found.retry} />
        )}
      <section className="card" aria-label={w.t('bd.tab.waiting')}>
        {list.masked && <p className="muted">{w.t('wt.masked')}</p>}
        {!list.masked && !list.waiting.length && <Empty title={w.t('wt.none')} text={w.t('wt.none.text')} />}
        {list.waiting.length > 0 && <List of={list.waiting} done={found.retry} />}
      </section>
    </>
  )
}

function Counts({ of }: { of: WaitingList }) {
  const w = useBeds()
  const counts: [string, string, boolean][] = [
    [w.t('wt.for.bed'), w.n(of.bed), of.bed > 0],
    [w.t('wt.for.designated'), w.n(of.designated), of.designated > 0],
    [w.t('wt.for.qualified'), w.n(of.qualified), of.qualified > 0],
    [w.t('wt.severe'), w.n(of.severe), of.severe > 0],
    [w.t('wt.longest'), w.t('wt.hours', { n: w.n(Math.round(of.longest_h)) }), false],
  ]
  return (
    <section className="card stages" aria-label={w.t('wt.counts')}>
      <dl>
        {counts.map(([title, said, alarm]) => (
          <div key={title} className={alarm ? 'alarm' : undefined}>
            <dt>{title}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function List({ of, done }: { of: Waits[]; done: () => void }) {
  const w = useBeds()
  return (
    <LongGrid
      label={w.t('bd.tab.waiting')}
      rows={of}
      keyOf={(one) => one.case}
      total={of.length}
      more={null}
      onward={false}
      busy={false}
      columns={[
        { key: 'case', title: w.t('bd.patient'), head: true, cell: (one) => <Who of={one} /> },
        { key: 'area', title: w.t('bd.area'), cell: (one) => <AreaName code={one.area} /> },
        {
          key: 'hours',
          title: w.t('wt.waited'),
          cell: (one) => (
            <>
              {w.t('wt.hours', { n: w.n(Math.round(one.hours)) })}
              <span className="muted block small">{w.stamp(one.since)}</span>
            </>
          ),
        },
        {
          key: 'for',
          title: w.t('wt.waits_for'),
          cell: (one) => (
            <>
              {w.t(`wt.for.${one.waits_for}`)}
              {one.hospital_zh && (
                <span className="muted block small">
                  {w.t('wt.now_in', { hospital: w.name({ zh: one.hospital_zh, en: one.hospital_en }) })}
                </span>
              )}
              {one.kept_in && (
                <span className="block small">
                  {w.t('wt.kept', { hospital: w.name({ zh: one.kept_zh, en: one.kept_en }), bed: one.kept_number })}
                </span>
              )}
              {one.transfer && <span className="block small">{w.t('wt.moving')}</span>}
            </>
          ),
        },
        { key: 'act', title: w.t('bd.act'), cell: (one) => <GiveBed of={one} done={done} /> },
      ]}
    />
  )
}

export function Who({ of }: { of: Pick<Waits, 'case' | 'number' | 'severity'> }) {
  const w = useBeds()
  const { may } = useSession()
  const called = of.number ?? w.t('bd.who', { id: of.case.slice(-6) })
  const severe = of.severity === 'severe' || of.severity === 'critical'
  return (
    <>
      {may('cases.read') ? <a href={`#cases/${of.case}`}>{called}</a> : called}
      <span className={severe ? 'late block small' : 'muted block small'}>
        {w.t(`bd.severity.${of.severity as 'mild'}`)}
      </span>
    </>
  )
}

/** A bed for somebody in no hospital; a transfer for somebody in one that is not fit. */
function GiveBed({ of, done }: { of: Waits; done: () => void }) {
  const w = useBeds()
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const moves = of.waits_for !== 'bed'
  if (!may('stays.record') || of.kept_in || of.transfer || (moves && !of.stay)) return null
  const finish = (told: string) => {
    setOpen(false)
    setSaid(told)
    done()
  }
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t(moves ? 'bd.transfer' : 'wt.give')}
      </Button>
      {open && moves && of.bed && of.stay && (
        <AskTransfer
          bed={of.bed}
          stay={of.stay}
          why={of.waits_for === 'qualified' ? 'severe' : 'designated'}
          done={() => finish(w.t('bd.said'))}
        />
      )}
      {open && !moves && <Claim of={of} done={finish} />}
      <p role="status" className="small">
        {said}
      </p>
    </>
  )
}

function Claim({ of, done }: { of: Waits; done: (told: string) => void }) {
  const w = useBeds()
  const { busy, error, run } = useAct()
  const first: BedType = of.severity === 'critical' ? 'ventilator' : of.severity === 'severe' ? 'icu' : 'isolation'
  const [type, setType] = useState<BedType>(first)
  const [ids] = useState(() => ({ stay: newId(), fact: newId() }))
  const options = useHospitalOptions(type)
  const told = refusals(error)
  const submit = (values: { hospital: string }) =>
    run(async () => {
      await beds.claim({ ...ids, hospital: values.hospital, type, case: of.case, arrive: true })
      done(w.t('bd.said'))
    })
  return (
    <Form layout="vertical" size="small" requiredMark={false} onFinish={submit} aria-label={w.t('wt.give')}>
      <Form.Item label={w.t('bd.type')} {...told('type')}>
        <Select
          aria-label={w.t('bd.type')}
          value={type}
          onChange={setType}
          options={TYPES.map((value) => ({ value, label: w.t(`bd.type.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="hospital"
        label={w.t('bd.hospital')}
        extra={options.length ? undefined : w.t('bd.nowhere')}
        rules={[{ required: true, message: w.t('bd.required') }]}
        {...told('hospital')}
      >
        <Select options={options} />
      </Form.Item>
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('wt.admit')}
      </Button>
    </Form>
  )
}
