import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Referral, referrals } from '../../api/triage'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Send } from './Send'
import { Services } from './Services'
import { type Last, Undo } from './Undo'
import { useWays } from './ways'

const OUTCOMES = ['not_suspected', 'observed', 'admitted', 'reported', 'not_come'] as const

/** Who was sent to which fever clinic. Whoever has sent sees that it was received and answered, and nothing else. */
export function Referrals() {
  const w = useWays()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const [last, setLast] = useState<Last | null>(null)
  const open = !filter.all
  const found = useResource(`referrals|${open}`, (signal) => referrals.list(open, signal), 'keep', ['care'])
  const acted = (one: Last | null) => {
    setLast(one)
    found.retry()
  }
  return (
    <>
      <search className="card bounds">
        <Checkbox checked={open} onChange={(e) => narrow({ all: e.target.checked ? null : 'true' })}>
          {w.t('ref.open')}
        </Checkbox>
        {last && <Undo last={last} done={() => acted(null)} />}
      </search>
      {may('referrals.send') && <Send done={acted} />}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.data.length && <Empty title={w.t('ref.none.title')} text={w.t('ref.none.text')} />}
      {found.data && found.data.length > 0 && <Listed rows={found.data} done={acted} />}
      {may('triage.read') && <Services />}
    </>
  )
}

function Listed({ rows, done }: { rows: Referral[]; done: (acted: Last) => void }) {
  const w = useWays()
  const now = useNow()
  const { may } = useSession()
  const answers = may('referrals.answer')
  return (
    <section className="card" aria-label={w.t('ways.tab.referrals')}>
      <LongGrid
        label={w.t('ways.tab.referrals')}
        rows={rows}
        keyOf={(one) => one.id}
        total={rows.length}
        more={null}
        onward={false}
        busy={false}
        columns={[
          {
            key: 'who',
            title: w.t('ref.col.number'),
            head: true,
            cell: (one) => (
              <>
                <span className="mono">{one.id.slice(-6)}</span>
                <span className="muted block small">{w.t(`ref.origin.${one.origin}`)}</span>
              </>
            ),
          },
          {
            key: 'to',
            title: w.t('ref.to'),
            cell: (one) => (
              <>
                {w.name(one)}
                {one.reason && <span className="muted block small">{w.t(`ref.reason.${one.reason}`)}</span>}
              </>
            ),
          },
          { key: 'sent', title: w.t('ref.sent'), cell: (one) => w.stamp(one.sent) },
          { key: 'state', title: w.t('ref.state'), cell: (one) => <Stage of={one} now={now} /> },
          {
            key: 'acts',
            title: w.t('tri.col.acts'),
            cell: (one) => (one.closed || !answers ? null : <Acts key={`${one.received}`} of={one} done={done} />),
            className: 'acts',
          },
        ]}
      />
    </section>
  )
}

function Stage({ of, now }: { of: Referral; now: number | null }) {
  const w = useWays()
  const late = of.due !== null && now !== null && Date.parse(of.due) < now
  return (
    <>
      <span className={of.closed ? 'tag active' : of.received ? 'tag' : 'tag warns'}>
        {w.t(of.closed ? 'ref.closed' : of.received ? 'ref.received' : 'ref.waiting')}
      </span>
      {of.outcome && <span className="muted block small">{w.t(`ref.outcome.${of.outcome}`)}</span>}
      {of.due && (
        <span className={late ? 'late block small' : 'muted block small'}>
          {w.t(late ? 'ref.late' : 'ref.due', { at: w.stamp(of.due) })}
        </span>
      )}
    </>
  )
}

function Acts({ of, done }: { of: Referral; done: (acted: Last) => void }) {
  const w = useWays()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const act = (what: 'receive' | 'close', called: string, body: Record<string, unknown> = {}) =>
    run(async () => {
      const made = await referrals.act(of.id, what, { ...body, fact })
      done({ what: called, take: () => referrals.takeBack(of.id, made.fact) })
    })
  return (
    <>
      <div className="act-buttons">
        {!of.received && (
          <Button size="small" type="primary" loading={busy} onClick={() => act('receive', w.t('ref.received'))}>
            {w.t('ref.receive')}
          </Button>
        )}
        <Select
          size="small"
          placeholder={w.t('ref.close')}
          aria-label={w.t('ref.close')}
          popupMatchSelectWidth={false}
          onChange={(outcome: string) => act('close', w.t('ref.closed'), { outcome })}
          options={OUTCOMES.filter((value) => of.received || value === 'not_come').map((value) => ({
            value,
            label: w.t(`ref.outcome.${value}`),
          }))}
        />
      </div>
      <Told error={error} />
    </>
  )
}
