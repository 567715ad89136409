import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { beds, type HospitalCard, type Stay, TYPES } from '../../api/beds'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Marks, Sums } from './BedBoard'
import { useBeds } from './beds'
import { HospitalActs } from './HospitalActs'
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
          {card.closed && <span className="tag">{w.t('bd.closed', { at: w.stamp(card.closed) })}</span>}
        </p>
        <Specialties of={card} />
        <nav className="tabs" aria-label={w.t('bd.tabs')}>
          <a href="#beds">{w.t('bd.to.board')}</a>
        </nav>
      </div>
      <Sums places={card.places} />
      {may('stays.read') && <Lying card={card} again={found.retry} />}
      <Free card={card} />
      {may('hospitals.manage') && <HospitalActs card={card} again={found.retry} />}
    </>
  )
}

function Specialties({ of }: { of: HospitalCard }) {
  const w = useBeds()
  const named = of.known_specialties.filter((one) => of.specialties.includes(one.code)).map((one) => w.name(one))
  if (!named.length) return null
  return <p className="muted">{w.t('bd.specialties.of', { names: named.join(w.lang === 'zh' ? '、' : ', ') })}</p>
}

/** A leaving that was just recorded: the bed, and the fact that says so. */
interface Released {
  bed: string
  fact: string
}

function NotLeft({ of, done }: { of: Released; done: () => void }) {
  const w = useBeds()
  return <Undo label={w.t('bd.undo.release')} take={() => beds.takeBack(of.bed, of.fact)} done={done} />
}

/** Who lies in the beds, or for whom one is kept. */
function Lying({ card, again }: { card: HospitalCard; again: () => void }) {
  const w = useBeds()
  const found = useResource(`stays|${card.id}`, (signal) => beds.stays(card.id, signal), 'keep', ['care'])
  const [last, setLast] = useState<Released | null>(null)
  const done = (released: Released | null = null) => {
    setLast(released)
    found.retry()
    again()
  }
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <section className="card" aria-labelledby="lying-title">
      <h2 id="lying-title">{w.t('bd.lying', { n: w.n(found.data.stays.length) })}</h2>
      {last && <NotLeft of={last} done={done} />}
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

interface StayProps {
  of: Stay
  hospital: HospitalCard
  done: (released?: Released) => void
}

function StayActs({ of, hospital, done }: StayProps) {
  const w = useBeds()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState<'release' | 'transfer' | null>(null)
  const [fact, setFact] = useState(newId)
  if (!may('stays.record')) return null
  const finish = (released?: Released) => {
    setOpen(null)
    setFact(newId())
    done(released)
  }
  const release = (reason: Stay['reason']) =>
    run(async () => {
      const made = await beds.release(of.bed, { stay: of.stay, reason: reason ?? 'left', fact })
      finish({ bed: of.bed, fact: made.fact })
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
          <Button size="small" onClick={() => run(() => beds.takeBack(of.bed, of.fact).then(() => finish()))}>
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
      {open === 'transfer' && <AskTransfer bed={of.bed} stay={of.stay} from={hospital.id} done={() => finish()} />}
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
