import '../../styles/issues.css'
import '../../styles/tasks.css'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { issues, type Preview } from '../../api/issues'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { DayField } from '../../forms/DayField'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Tabs, useTabs } from '../../parts/Tabs'
import { go, type Route } from '../../route'
import { useSession } from '../../session'
import { Archive, List } from './Archive'
import { Briefing } from './Briefing'
import { Briefings } from './Briefings'
import { Card } from './Card'
import { Event } from './Event'
import { External } from './External'
import { Findings, Texts } from './Texts'
import { useSpoken } from './words'

/** Notices of our own: drafted from the registers, on their way, issued. */
export default function Issues({ route }: { route: Route }) {
  return route.room === 'issue' ? <Card key={route.id} id={route.id} /> : <Inside />
}

const TABS = [
  ['drafts', 'bulletins.compose'],
  ['archive', 'bulletins.compose'],
  ['briefings', 'bulletins.compose'],
  ['external', 'external.notify'],
] as const

function Inside() {
  const w = useSpoken()
  const of = useTabs(TABS)
  const { tab, top, area, filter, narrow } = of
  return (
    <>
      <div className="heading">
        <h1>{w.t('is.title')}</h1>
        <p className="muted">{w.t('is.text')}</p>
        <Tabs room="issues" of={of} label={w.t('is.tabs')} titleOf={(one) => w.t(`is.tab.${one}`)} />
      </div>
      {!filter.one && (
        <search className="card bounds">
          <div className="pick inline">
            <span aria-hidden>{w.t('is.area')}</span>
            <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('is.area')} />
          </div>
        </search>
      )}
      {tab === 'drafts' && (
        <>
          <Draft key={area} area={area} />
          <List area={area} archived={false} />
        </>
      )}
      {tab === 'archive' && <Archive area={area} />}
      {tab === 'briefings' && (filter.one ? <Briefing key={filter.one} id={filter.one} /> : <Briefings area={area} />)}
      {tab === 'external' && (filter.one ? <Event key={filter.one} id={filter.one} /> : <External area={area} />)}
    </>
  )
}

/** The day before that of the server's clock: the last one that is over. */
function yesterday(now: string): string {
  return new Date(Date.parse(now) + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
}

function Draft({ area }: { area: string }) {
  const w = useSpoken()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const [shown, setShown] = useState<Preview | null>(null)
  const [day, setDay] = useState(() => yesterday(session?.server_time ?? new Date().toISOString()))
  const [cutoff, setCutoff] = useState('day')
  const cutoffs = useResource('issue-cutoffs', issues.cutoffs)
  const told = refusals(error)
  const look = () => run(async () => setShown(await issues.preview(area, day, cutoff)))
  const keep = () =>
    run(async () => {
      const made = await issues.draft({ area, day, cutoff, disease: 'ncov-2020', fact })
      go({ room: 'issue', id: made.fact })
    })
  return (
    <section className="card" aria-labelledby="draft-title">
      <h2 id="draft-title">{w.t('is.new')}</h2>
      <Form layout="vertical" requiredMark={false} onFinish={look}>
        <div className="fields">
          <Form.Item label={w.t('is.day')} htmlFor="issue-day" {...told('day')}>
            <DayField
              id="issue-day"
              value={day}
              onChange={(to) => {
                setDay(to)
                setShown(null)
              }}
            />
          </Form.Item>
          <Form.Item label={w.t('is.cutoff')} htmlFor="issue-cutoff" {...told('cutoff')}>
            <Select
              id="issue-cutoff"
              value={cutoff}
              loading={cutoffs.loading}
              options={(cutoffs.data ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
              onChange={(to) => {
                setCutoff(to)
                setShown(null)
              }}
            />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button htmlType="submit" loading={busy}>
            {w.t('is.look')}
          </Button>
          {shown && (
            <Button type="primary" loading={busy} onClick={keep}>
              {w.t('is.draft')}
            </Button>
          )}
        </div>
      </Form>
      <div role="status">
        {shown && (
          <>
            <Texts zh={shown.zh} en={shown.en} />
            <Findings of={shown.findings} />
          </>
        )}
      </div>
    </section>
  )
}
