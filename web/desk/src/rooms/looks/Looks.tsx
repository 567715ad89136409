import { Button, Form, Radio } from 'antd'
import { useState } from 'react'
import { type Broken, looks, type Outcome } from '../../api/looks'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Acts } from './Acts'
import { Looker, LookList } from './LookList'
import { useSpoken } from './words'

const OUTCOMES = ['justified', 'not_justified', 'to_be_investigated'] as const

/** Who looked at people; first what went beyond a role. */
export default function Looks() {
  const w = useSpoken()
  const broken = useResource('broken', (signal) => looks.broken(null, signal), 'keep')
  return (
    <>
      <div className="heading">
        <h1>{w.t('looks.title')}</h1>
        <p>{w.t('looks.text')}</p>
      </div>
      <section className="card" aria-labelledby="broken-title">
        <header>
          <h2 id="broken-title">{w.t('looks.broken')}</h2>
        </header>
        <p className="muted">{w.t('looks.broken.text')}</p>
        {broken.error && <Failure error={broken.error} retry={broken.retry} told />}
        {!broken.data && broken.loading && <Loading />}
        {broken.data?.broken.length === 0 && <p className="muted pad">{w.t('looks.broken.none')}</p>}
        {Boolean(broken.data?.broken.length) && <BrokenGrid of={broken.data?.broken ?? []} again={broken.retry} />}
      </section>
      <section className="card" aria-labelledby="looks-title">
        <header>
          <h2 id="looks-title">{w.t('looks.all')}</h2>
        </header>
        <LookList />
      </section>
      <section className="card" aria-labelledby="acts-title">
        <header>
          <h2 id="acts-title">{w.t('acts.title')}</h2>
        </header>
        <p className="muted">{w.t('acts.text')}</p>
        <Acts />
      </section>
    </>
  )
}

function BrokenGrid({ of, again }: { of: Broken[]; again: () => void }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('looks.broken')}
      rows={of}
      keyOf={(b) => b.fact}
      columns={[
        { key: 'at', title: w.t('looks.when'), head: true, cell: (b) => w.stamp(b.at) },
        { key: 'who', title: w.t('looks.who'), cell: (b) => <Looker of={b} /> },
        {
          key: 'why',
          title: w.t('looks.why'),
          cell: (b) => (
            <>
              {w.name(b.purpose)}
              <span className="muted block">{w.t('looks.people', { n: w.n(b.people) })}</span>
            </>
          ),
        },
        {
          key: 'review',
          title: w.t('review.outcome'),
          cell: (b) => <Review of={b} again={again} />,
          className: 'roomy',
        },
      ]}
    />
  )
}

/** The reason as it was written, and what the reviewer makes of it. */
function Review({ of, again }: { of: Broken; again: () => void }) {
  const w = useSpoken()
  const { session, may } = useSession()
  const { busy, error, run } = useAct()
  const [reason, setReason] = useState<string[] | null>(null)
  const [open, setOpen] = useState(false)
  const reads = may('looks.review')
  const read = () =>
    run(async () => {
      const told = await looks.reason(of.fact, session?.purposes[0] ?? '')
      setReason([...new Set(told.reasons.map((r) => r.text))])
    })
  const submit = ({ outcome }: { outcome: Outcome }) =>
    run(async () => {
      await looks.review(of.fact, outcome)
      setOpen(false)
      again()
    })
  return (
    <div className="review">
      <span className={of.review ? 'tag' : 'tag warns'}>
        {of.review
          ? w.t('review.done', { date: w.day(of.review.at), outcome: w.t(`review.${of.review.outcome}`) })
          : w.t('review.open.state')}
      </span>
      {reason?.map((text) => (
        <p key={text} className="lines">
          {w.t('review.reason.is', { text })}
        </p>
      ))}
      {reason?.length === 0 && <p className="muted">{w.t('review.reason.gone')}</p>}
      <Told error={error} />
      {reads && !open && (
        <div className="actions">
          {reason === null && (
            <Button size="small" onClick={read} loading={busy}>
              {w.t('review.reason')}
            </Button>
          )}
          <Button size="small" onClick={() => setOpen(true)}>
            {w.t('review.open')}
          </Button>
        </div>
      )}
      {open && (
        <Form
          name={`review_${of.seq}`}
          layout="vertical"
          onFinish={submit}
          requiredMark={false}
          initialValues={{ outcome: 'justified' }}
        >
          <Form.Item name="outcome" label={w.t('review.outcome')}>
            <Radio.Group vertical options={OUTCOMES.map((o) => ({ value: o, label: w.t(`review.${o}`) }))} />
          </Form.Item>
          <div className="actions">
            <Button size="small" type="primary" htmlType="submit" loading={busy}>
              {w.t('review.go')}
            </Button>
            <Button size="small" onClick={() => setOpen(false)}>
              {w.t('review.cancel')}
            </Button>
          </div>
        </Form>
      )}
    </div>
  )
}
