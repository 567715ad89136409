import { Form } from 'antd'
import { useState } from 'react'
import { issues, type Line } from '../../api/issues'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { DayField, isDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

/** Every notice that was issued, with the ones that revisions took the place of. */
export function Archive({ area }: { area: string }) {
  const w = useSpoken()
  const [until, setUntil] = useState('')
  return (
    <>
      <search className="card bounds">
        <Form layout="vertical">
          <Form.Item label={w.t('is.until')} htmlFor="issue-until" extra={w.t('is.until.text')}>
            <DayField id="issue-until" value={until} onChange={setUntil} placeholder="2020-01-31" />
          </Form.Item>
        </Form>
      </search>
      <List area={area} archived until={isDay(until) ? until : ''} />
    </>
  )
}

export function List({ area, archived, until = '' }: { area: string; archived: boolean; until?: string }) {
  const w = useSpoken()
  const found = useResource(
    `issues|${area}|${archived}|${until}`,
    (signal) => issues.list(area, archived, until, signal),
    'keep',
    ['bulletins'],
  )
  const title = w.t(archived ? 'is.archive' : 'is.list')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  if (!found.data.length)
    return (
      <Empty
        title={w.t(archived ? 'is.archive.none' : 'is.none.title')}
        text={w.t(archived ? 'is.archive.none.text' : 'is.none.text')}
      />
    )
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Grid
        label={title}
        rows={found.data}
        keyOf={(one: Line) => one.draft}
        columns={[
          {
            key: 'as_of',
            title: w.t('is.as_of'),
            head: true,
            cell: (one: Line) => (
              <a href={`#issues/${one.draft}`}>
                <AreaName code={one.area} /> {w.moment(one.as_of)}
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
          archived
            ? { key: 'issued', title: w.t('is.issued_at'), cell: (one: Line) => w.stamp(one.issued_at ?? '') }
            : { key: 'at', title: w.t('is.drafted_at'), cell: (one: Line) => w.stamp(one.drafted_at) },
        ]}
      />
    </section>
  )
}
