import '../../styles/issues.css'
import '../../styles/tasks.css'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { issues, type Line, type Preview } from '../../api/issues'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { DayField } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { go, type Route, useFilter } from '../../route'
import { useSession } from '../../session'
import { Card } from './Card'
import { Findings, Texts } from './Texts'
import { useSpoken } from './words'

/** Notices of our own: drafted from the registers, on their way, issued. */
export default function Issues({ route }: { route: Route }) {
  return route.room === 'issue' ? <Card key={route.id} id={route.id} /> : <Inside />
}

function Inside() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('is.title')}</h1>
        <p className="muted">{w.t('is.text')}</p>
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('is.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('is.area')} />
        </div>
      </search>
      <Draft key={area} area={area} />
      <List area={area} />
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

function List({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`issues|${area}`, (signal) => issues.list(area, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  if (!found.data.length) return <Empty title={w.t('is.none.title')} text={w.t('is.none.text')} />
  return (
    <section className="card" aria-label={w.t('is.list')}>
      <h2>{w.t('is.list')}</h2>
      <Grid
        label={w.t('is.list')}
        rows={found.data}
        keyOf={(one: Line) => one.draft}
        columns={[
          {
            key: 'as_of',
            title: w.t('is.as_of'),
            head: true,
            cell: (one: Line) => (
              <a href={`#issues/${one.draft}`}>
                <AreaName code={one.area} /> {w.stamp(one.as_of)}
              </a>
            ),
          },
          {
            key: 'stage',
            title: w.t('is.stage'),
            cell: (one: Line) => (
              <>
                <span className="tag">{w.t(`stage.${one.stage}`)}</span>
                {one.number && <span className="muted"> {w.t('is.number', { n: w.n(one.number) })}</span>}
                {one.note && <span className="muted block small">{one.note}</span>}
              </>
            ),
          },
          { key: 'at', title: w.t('is.drafted_at'), cell: (one: Line) => w.stamp(one.drafted_at) },
          {
            key: 'issued',
            title: w.t('is.issued_at'),
            cell: (one: Line) => (one.issued_at ? w.stamp(one.issued_at) : '–'),
          },
        ]}
      />
    </section>
  )
}
