import { Input } from 'antd'
import { command, type Instruction, type Receipt } from '../../api/command'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { Act, Small } from '../mobilisation/parts'
import { useSpoken } from './words'

/** The notices of an area, the last first: who has read each, who has acted, whose time is over. */
export function Receipts({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`notices|${area}`, (signal) => command.notices(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { notices, now } = found.data
  if (!notices.length) return <Empty title={w.t('no.none.title')} text={w.t('no.none.text')} />
  return notices.map((one) => <One key={one.id} of={one} now={now} done={found.retry} />)
}

function One({ of, now, done }: { of: Instruction; now: string; done: () => void }) {
  const w = useSpoken()
  const zh = w.lang === 'zh'
  const acts = of.receipts.some((one) => one.act_by)
  return (
    <section className="card" aria-labelledby={`notice-${of.id}`}>
      <h2 id={`notice-${of.id}`}>{zh ? of.zh : of.en || of.zh}</h2>
      <p>
        <span className="tag">{w.t(`no.sort.${of.sort}`)}</span>{' '}
        <span className={`tag ${of.read === of.of ? 'active' : 'warns'}`}>
          {w.t('no.read', { n: w.n(of.read), of: w.n(of.of) })}
        </span>{' '}
        {acts && (
          <span className={`tag ${of.acted === of.of ? 'active' : 'warns'}`}>
            {w.t('no.acted', { n: w.n(of.acted), of: w.n(of.of) })}
          </span>
        )}
      </p>
      <p>{zh ? of.zh_text : of.en_text || of.zh_text}</p>
      <p className="muted small">
        {of.issuer} · {of.doc_no} · {w.stamp(of.sent)}
        {Object.entries(of.channels).map(([channel, taken]) => (
          <span key={channel}> · {w.t(taken ? 'no.channel' : 'no.channel.failed', { channel })}</span>
        ))}
      </p>
      {of.receipts.length > 0 && (
        <Grid
          label={w.t('no.receipts')}
          rows={of.receipts}
          keyOf={(one) => `${one.area}|${one.account}`}
          columns={[
            { key: 'to', title: w.t('no.to'), head: true, cell: (one) => <To of={one} /> },
            {
              key: 'read',
              title: w.t('no.read.at'),
              cell: (one) => <Clock at={one.read} due={one.read_by} now={now} />,
            },
            {
              key: 'acted',
              title: w.t('no.acted.at'),
              cell: (one) =>
                one.act_by && (
                  <>
                    <Clock at={one.acted} due={one.act_by} now={now} />
                    {one.note && <span className="muted block small">{one.note}</span>}
                  </>
                ),
            },
            {
              key: 'acts',
              title: '',
              className: 'acts',
              cell: (one) => (one.mine ? <Answer of={of} to={one} done={done} /> : null),
            },
          ]}
        />
      )}
    </section>
  )
}

function To({ of }: { of: Receipt }) {
  const w = useSpoken()
  return (
    <>
      <AreaName code={of.area} />
      {of.account && <span className="muted block small">{w.t('no.account', { account: of.account })}</span>}
    </>
  )
}

function Clock({ at, due, now }: { at: string | null; due: string; now: string }) {
  const w = useSpoken()
  if (at) return <span className={at > due ? 'late' : ''}>{w.stamp(at)}</span>
  return (
    <span className={now > due ? 'late' : 'muted'}>{w.t(now > due ? 'no.late' : 'no.by', { at: w.stamp(due) })}</span>
  )
}

function Answer({ of, to, done }: { of: Instruction; to: Receipt; done: () => void }) {
  const w = useSpoken()
  const addressee = { area: to.area, account: to.account || null }
  return (
    <>
      {!to.read && <Act title={w.t('no.sign')} act={() => command.answer(of.id, { to: addressee })} done={done} />}
      {to.act_by && !to.acted && (
        <Small
          name={`acted-${of.id}-${to.area}-${to.account}`}
          title={w.t('no.act')}
          small
          fields={[['note', w.t('no.note'), <Input.TextArea key="note" maxLength={500} rows={2} />]]}
          send={(values) => command.answer(of.id, { to: addressee, note: String(values.note) })}
          done={done}
        />
      )}
      {to.fact && <Act title={w.t('no.undo')} act={() => command.takeBack(of.id, to.fact as string)} done={done} />}
    </>
  )
}
