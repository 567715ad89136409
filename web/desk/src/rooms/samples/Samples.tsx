import '../../styles/cases.css'
import '../../styles/tasks.css'
import { Alert } from 'antd'
import { useId, useState } from 'react'
import { cases, type Sample } from '../../api/cases'
import { useResource } from '../../api/resource'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { TextBox } from '../cases/TextBox'
import { WithTerms } from '../cases/terms'
import { Table } from './Table'
import { useSpoken } from './words'

/** As many as the server tells at once. */
const MOST = 200
const TABS = ['waiting', 'done'] as const

/** The samples of one's area: which wait for a result, and which have one. */
export default function Samples() {
  const w = useSpoken()
  const id = useId()
  const [filter, narrow] = useFilter()
  const { may } = useSession()
  const tab = filter.show === 'done' ? 'done' : 'waiting'
  return (
    <>
      <div className="heading">
        <h1>{w.t('room.title')}</h1>
        <nav className="tabs" aria-label={w.t('room.tabs')}>
          {TABS.map((one) => (
            <a
              key={one}
              href={one === 'done' ? '#samples?show=done' : '#samples'}
              aria-current={tab === one ? 'page' : undefined}
            >
              {w.t(`room.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      {may('cases.sample') && (
        <search className="card bounds">
          {(['number', 'laboratory'] as const).map((name) => (
            <div key={name} className="pick inline">
              <label htmlFor={`${id}-${name}`}>{w.t(`room.${name}`)}</label>
              <TextBox id={`${id}-${name}`} value={filter[name] ?? ''} commit={(text) => narrow({ [name]: text })} />
            </div>
          ))}
        </search>
      )}
      <WithTerms>
        <Found key={tab} tab={tab} number={filter.number ?? ''} laboratory={filter.laboratory ?? ''} />
      </WithTerms>
    </>
  )
}

function Found({ tab, number, laboratory }: { tab: (typeof TABS)[number]; number: string; laboratory: string }) {
  const w = useSpoken()
  const [said, setSaid] = useState<string | null>(null)
  const asked = { number, laboratory, waiting: String(tab === 'waiting') }
  const found = useResource(`samples|${JSON.stringify(asked)}`, (signal) => cases.samples(asked, signal), 'keep')
  const done = (told: string) => {
    setSaid(told)
    found.retry()
  }
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <>
      <div role="status" className="said">
        {said && <Alert type="success" showIcon closable onClose={() => setSaid(null)} title={said} />}
      </div>
      {found.data.length ? (
        <List of={found.data} done={done} />
      ) : (
        <Empty title={w.t(`room.${tab}.none`)} text={w.t('room.none.text')} />
      )}
    </>
  )
}

function List({ of, done }: { of: Sample[]; done: (said: string) => void }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('room.title')}>
      <p className="muted">
        <span role="status">{w.t('room.total', { n: w.n(of.length) })}</span> · {w.t('room.text')}
        {of.length === MOST && <> · {w.t('room.most', { n: w.n(MOST) })}</>}
      </p>
      <Table of={of} done={done} />
    </section>
  )
}
