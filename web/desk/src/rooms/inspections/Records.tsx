import { Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { type DrawnRecord, type RecordDraw, sampling } from '../../api/oversight'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { DayField, dayRule } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'

const RESULTS = ['agrees', 'disagrees', 'not_reached'] as const
const OUTCOMES = ['met', 'refused', 'not_met', 'vacant', 'follow_up'] as const

/** Visits that were drawn by lot: households are asked again, and how far they agree has its interval. */
export function Records({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`record-draws|${area}`, (signal) => sampling.records(area, signal), 'keep', ['oversight'])
  return (
    <>
      <Draw area={area} done={found.retry} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data?.length === 0 && <p className="card muted">{w.t('in.records.none')}</p>}
      {found.data?.map((one) => (
        <Drawn key={one.id} of={one} done={found.retry} />
      ))}
    </>
  )
}

function Draw({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, renew] = useState(newId)
  const now = useNow()
  const told = refusals(error)
  const day = [{ required: true, message: w.t('in.required') }, dayRule(w.t('in.required'))]
  const submit = (values: { n: number; first: string; last: string }) =>
    run(async () => {
      await sampling.drawRecords({ id, area, ...values })
      renew(newId())
      done()
    })
  if (now === null) return null
  return (
    <section className="card" aria-label={w.t('in.records.new')}>
      <h2>{w.t('in.records.new')}</h2>
      <Form
        name="records"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ n: 20, first: civilDay(now), last: civilDay(now) }}
      >
        <div className="fields">
          <Form.Item name="n" label={w.t('in.n')} rules={day.slice(0, 1)} {...told('n')}>
            <InputNumber min={1} max={200} precision={0} />
          </Form.Item>
          <Form.Item name="first" label={w.t('in.first')} rules={day} {...told('first')}>
            <DayField />
          </Form.Item>
          <Form.Item name="last" label={w.t('in.last')} rules={day} {...told('last')}>
            <DayField />
          </Form.Item>
        </div>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('in.draw')}
        </Button>
      </Form>
    </section>
  )
}

function Drawn({ of, done }: { of: RecordDraw; done: () => void }) {
  const w = useSpoken()
  const title = w.t('in.records.of', {
    first: w.day(of.first),
    last: w.day(of.last),
    frame: w.n(of.frame),
    n: w.n(of.records.length),
    share: w.percent(of.probability),
  })
  const its = of.agreement
  const count = (result: (typeof RESULTS)[number]) => w.n(of.counts[result] ?? 0)
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p role="status">
        {w.t('in.records.sums', {
          agrees: count('agrees'),
          disagrees: count('disagrees'),
          not: count('not_reached'),
        })}{' '}
        {its && (
          <b>
            {w.t('in.agreement', {
              share: w.percent(its.share),
              low: w.percent(its.low),
              high: w.percent(its.high),
            })}
          </b>
        )}
      </p>
      <Grid
        label={title}
        rows={of.records}
        keyOf={(one) => one.record}
        columns={[
          {
            key: 'record',
            title: w.t('in.record'),
            head: true,
            cell: (one) => (
              <>
                {one.label || one.record.slice(-6)}
                <span className="muted block small">
                  <AreaName code={one.area} />
                </span>
              </>
            ),
          },
          { key: 'at', title: w.t('in.record.at'), cell: (one) => one.at && w.stamp(one.at) },
          { key: 'outcome', title: w.t('in.outcome'), cell: (one) => <Outcome of={one} /> },
          { key: 'result', title: w.t('in.result'), cell: (one) => <Recall draw={of.id} of={one} done={done} /> },
        ]}
      />
      <p className="muted small mono">{w.t('in.seed', { seq: w.n(of.seq), seed: of.seed })}</p>
    </section>
  )
}

function Outcome({ of }: { of: DrawnRecord }) {
  const w = useSpoken()
  if (!of.known) return <span className="null">{w.t('in.record.gone')}</span>
  const its = OUTCOMES.find((one) => one === of.outcome)
  return <>{its ? w.t(`in.outcome.${its}`) : of.outcome}</>
}

/** What came of asking again; one's own answer can be taken back. */
function Recall({ draw, of, done }: { draw: string; of: DrawnRecord; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const name = of.label || of.record.slice(-6)
  return (
    <>
      {of.result ? (
        <div className="act-buttons">
          <span className={`tag ${of.result === 'disagrees' ? 'fails' : of.result === 'agrees' ? 'active' : ''}`}>
            {w.t(`in.result.${of.result}`)}
          </span>
          {of.own && <Undo what={name} take={() => sampling.undo(draw, of.recall ?? '')} done={done} />}
        </div>
      ) : (
        <div className="act-buttons">
          {RESULTS.map((result) => (
            <Button
              key={result}
              size="small"
              loading={busy}
              onClick={() => run(() => sampling.recall(draw, { record: of.record, result }).then(done))}
            >
              {w.t(`in.result.${result}`)}
              <span className="sr">{name}</span>
            </Button>
          ))}
        </div>
      )}
      <Told error={error} />
    </>
  )
}
