import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { beds, type Step, type Transfer } from '../../api/beds'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { useBeds } from './beds'

/** The transfers that are going on, severe cases first; or those that are over. */
export function Transfers({ area }: { area: string }) {
  const w = useBeds()
  const [filter, narrow] = useFilter()
  const over = filter.over === '1'
  const found = useResource(`transfers|${area}|${over}`, (signal) => beds.transfers(area, over, signal), 'keep', [
    'care',
  ])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { transfers } = found.data
  return (
    <section className="card" aria-label={w.t('bd.tab.transfers')}>
      <div className="actions">
        <Button size="small" aria-pressed={over} onClick={() => narrow({ over: over ? null : '1' })}>
          {w.t(over ? 'tr.going' : 'tr.over')}
        </Button>
      </div>
      {transfers.length ? (
        <LongGrid
          label={w.t('bd.tab.transfers')}
          rows={transfers}
          keyOf={(one) => one.id}
          total={transfers.length}
          more={null}
          onward={false}
          busy={false}
          columns={[
            {
              key: 'patient',
              title: w.t('bd.patient'),
              head: true,
              cell: (one) => (
                <>
                  {w.t('bd.who', { id: (one.case ?? one.person).slice(-6) })}
                  {one.severe && <span className="tag fails">{w.t('tr.severe')}</span>}
                  <span className="muted block small">{w.t(`tr.why.${one.why}`)}</span>
                </>
              ),
            },
            { key: 'from', title: w.t('tr.from'), cell: (one) => w.name({ zh: one.hospital_zh, en: one.hospital_en }) },
            {
              key: 'to',
              title: w.t('tr.to'),
              cell: (one) => (
                <>
                  {w.name({ zh: one.to_zh, en: one.to_en })}
                  <span className="muted block small">
                    {w.t(`bd.type.${one.type}`)} {one.number}
                  </span>
                </>
              ),
            },
            { key: 'stage', title: w.t('tr.stage'), cell: (one) => <Stage of={one} /> },
            { key: 'act', title: w.t('bd.act'), cell: (one) => <Acts of={one} done={found.retry} /> },
          ]}
        />
      ) : (
        <Empty title={w.t('tr.none')} text={w.t('tr.none.text')} />
      )}
    </section>
  )
}

function Stage({ of }: { of: Transfer }) {
  const w = useBeds()
  const now = useNow()
  const late = of.due !== null && now !== null && now > Date.parse(of.due)
  const at = of.received ?? of.ended ?? of.departed ?? of.approved ?? of.requested
  return (
    <>
      {w.t(`tr.stage.${of.stage}`)} <span className="muted small">{w.stamp(at)}</span>
      {of.reason && <span className="muted block small">{w.t(`tr.not.${of.reason}`)}</span>}
      {of.due && (
        <span className={late ? 'late block small' : 'muted block small'}>
          {w.t(late ? 'tr.late' : 'tr.due', { at: w.stamp(of.due) })}
        </span>
      )}
    </>
  )
}

const NEXT: Partial<Record<Transfer['stage'], [Step, string, 'from' | 'to'][]>> = {
  requested: [
    ['approve', 'transfers.approve', 'to'],
    ['decline', 'transfers.approve', 'to'],
    ['cancel', 'stays.record', 'from'],
  ],
  approved: [
    ['depart', 'stays.record', 'from'],
    ['cancel', 'stays.record', 'from'],
  ],
  departed: [['receive', 'stays.record', 'to']],
}
const WHY_NOT = ['no_bed', 'not_fit', 'not_needed', 'elsewhere'] as const

function Acts({ of, done }: { of: Transfer; done: () => void }) {
  const w = useBeds()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [not, setNot] = useState<Step | null>(null)
  const [ids, setIds] = useState(() => ({ fact: newId(), stay: newId() }))
  const open = (NEXT[of.stage] ?? []).filter(([, action, side]) => may(action) && of.sides.includes(side))
  const act = (step: Step, body: object) =>
    run(async () => {
      await beds.step(of.id, step, { fact: ids.fact, ...body })
      setIds({ fact: newId(), stay: newId() })
      setNot(null)
      done()
    })
  const press = (step: Step) => {
    if (step === 'decline' || step === 'cancel') setNot(not === step ? null : step)
    else act(step, step === 'approve' ? { stay: ids.stay } : {})
  }
  return (
    <>
      <div className="row-acts">
        {open.map(([step], at) => (
          <Button
            key={step}
            size="small"
            type={at === 0 ? 'primary' : 'default'}
            loading={busy && not === null && at === 0}
            onClick={() => press(step)}
          >
            {w.t(`tr.act.${step}`)}
          </Button>
        ))}
      </div>
      {not && (
        <Form layout="vertical" size="small" onFinish={(v: { reason: string }) => act(not, v)}>
          <Form.Item name="reason" label={w.t('bd.reason')} initialValue="no_bed">
            <Select options={WHY_NOT.map((value) => ({ value, label: w.t(`tr.not.${value}`) }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t(`tr.act.${not}`)}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </>
  )
}
