import { Select } from 'antd'
import { useId } from 'react'
import { useResource } from '../../api/resource'
import { type TriageClinic, triage } from '../../api/triage'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Arrive } from './Arrive'
import { Visits } from './Visits'
import { useWays } from './ways'

/** Who comes to a fever clinic, who waits there, and by when what is to be done. */
export function Queue() {
  const w = useWays()
  const id = useId()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const asked = { area: session?.area ?? '', clinic: filter.clinic }
  const found = useResource(`triage|${asked.area}|${asked.clinic}`, (signal) => triage.board(asked, signal), 'keep', [
    'care',
  ])
  const terms = useResource('triage-terms', triage.terms)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (terms.error) return <Failure error={terms.error} retry={terms.retry} told />
  if (!found.data || !terms.data) return <Loading />
  const { clinics, visits } = found.data
  if (!clinics.length && !visits.length) return <Empty title={w.t('tri.none.title')} text={w.t('tri.none.text')} />
  const here = clinics.find((one) => one.id === filter.clinic) ?? (clinics.length === 1 ? clinics[0] : null)
  return (
    <>
      <search className="card bounds">
        <div className="pick inline">
          <label htmlFor={id}>{w.t('tri.clinic')}</label>
          <Select
            id={id}
            value={here?.id ?? ''}
            onChange={(clinic) => narrow({ clinic: clinic || null })}
            popupMatchSelectWidth={false}
            options={[
              ...(clinics.length === 1 ? [] : [{ value: '', label: w.t('tri.clinic.all') }]),
              ...clinics.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        </div>
        <Figures of={here ? [here] : clinics} />
      </search>
      {here && may('triage.record') && <Arrive key={here.id} clinic={here} terms={terms.data} done={found.retry} />}
      <Visits visits={visits} clinics={clinics} terms={terms.data} done={found.retry} />
    </>
  )
}

/** How many wait, are with a doctor, and came today. */
function Figures({ of }: { of: TriageClinic[] }) {
  const w = useWays()
  const sum = (name: 'waiting' | 'inside' | 'today') => w.n(of.reduce((n, one) => n + one[name], 0))
  return (
    <p className="inline">
      {of.length === 1 && of[0] && (
        <span className={of[0].open_now ? 'tag active' : 'tag warns'}>
          {w.t(of[0].open_now ? 'tri.open' : 'tri.shut')}
        </span>
      )}{' '}
      {w.t('tri.figures', { waiting: sum('waiting'), inside: sum('inside'), today: sum('today') })}
    </p>
  )
}
