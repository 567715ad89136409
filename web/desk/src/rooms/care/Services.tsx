import { Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Facility, referrals } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { Told } from '../../forms/Told'
import { Failure } from '../../parts/States'
import { useSession } from '../../session'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

const STATES = ['normal', 'limited', 'suspended'] as const
const TAGS = { normal: 'tag active', limited: 'tag warns', suspended: 'tag fails' }

/** How far the services of hospitals and clinics go on, said by themselves. */
export function Services() {
  const w = useWays()
  const [last, setLast] = useState<Last | null>(null)
  const found = useResource('facilities', referrals.facilities, 'keep', ['care'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data?.length) return null
  const acted = (one: Last | null) => {
    setLast(one)
    found.retry()
  }
  return (
    <section className="card" aria-label={w.t('svc.title')}>
      <h2>{w.t('svc.title')}</h2>
      {last && <Undo last={last} done={() => acted(null)} />}
      <LongGrid
        label={w.t('svc.title')}
        rows={found.data}
        keyOf={(one) => one.id}
        total={found.data.length}
        more={null}
        onward={false}
        busy={false}
        columns={[
          { key: 'name', title: w.t('svc.facility'), head: true, cell: (one) => w.name(one) },
          { key: 'fever', title: w.t('svc.fever'), cell: (one) => <State of={one} what="fever" done={acted} /> },
          { key: 'general', title: w.t('svc.general'), cell: (one) => <State of={one} what="general" done={acted} /> },
          { key: 'at', title: w.t('svc.at'), cell: (one) => (one.at ? w.stamp(one.at) : w.t('svc.nothing')) },
        ]}
      />
    </section>
  )
}

interface StateProps {
  of: Facility
  what: 'fever' | 'general'
  done: (acted: Last) => void
}

function State({ of, what, done }: StateProps) {
  const w = useWays()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const its = of[what]
  if (!may('facilities.state')) return its && <span className={TAGS[its]}>{w.t(`svc.${its}`)}</span>
  const say = (state: (typeof STATES)[number]) =>
    run(async () => {
      const fever = what === 'fever' ? state : of.fever
      const general = what === 'general' ? state : of.general
      const made = await referrals.say({ facility: of.id, fever, general, fact: newId() })
      done({ what: `${w.name(of)} ${w.t(`svc.${state}`)}`, take: () => referrals.unsay(of.id, made.fact) })
    })
  return (
    <>
      <Select
        size="small"
        loading={busy}
        value={its}
        placeholder={w.t('svc.choose')}
        aria-label={`${w.name(of)} ${w.t(`svc.${what}`)}`}
        popupMatchSelectWidth={false}
        onChange={say}
        options={STATES.map((value) => ({ value, label: w.t(`svc.${value}`) }))}
      />
      <Told error={error} />
    </>
  )
}
