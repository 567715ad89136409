import { Input } from 'antd'
import { command, type Delivery, type Instruction, type Receipt } from '../../api/command'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { Act, Small } from '../mobilisation/parts'
import { useSpoken } from './words'

/** The notices of an area, the last first: what has reached whom, who has read each, who has acted, whose time is over.
 * `only`: the one that a message led to. */
export function Receipts({ area, only }: { area: string; only?: string }) {
  const w = useSpoken()
  const found = useResource(`notices|${area}`, (signal) => command.notices(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { notices, now } = found.data
  const shown = only ? notices.filter((one) => one.id === only) : notices
  return (
    <>
      {only && (
        <p>
          <a href={`#notices?area=${encodeURIComponent(area)}`}>{w.t('no.all')}</a>
        </p>
      )}
      {!shown.length && (
        <Empty
          title={w.t(only ? 'no.gone.title' : 'no.none.title')}
          text={w.t(only ? 'no.gone.text' : 'no.none.text')}
        />
      )}
      {shown.map((one) => (
        <One key={one.id} of={one} now={now} done={found.retry} />
      ))}
    </>
  )
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
      </p>
      {of.channels.length > 0 && <Ways of={of} acts={acts} />}
      {of.receipts.length > 0 && (
        <Grid
          label={w.t('no.receipts')}
          rows={of.receipts}
          keyOf={(one) => `${one.area}|${one.account}`}
          columns={[
            { key: 'to', title: w.t('no.to'), head: true, cell: (one) => <To of={one} /> },
            { key: 'told', title: w.t('no.way.at'), cell: (one) => <Told of={of} to={one} /> },
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

interface Way extends Pick<Delivery, 'at' | 'of' | 'read' | 'acted'> {
  key: string
  name: string
  failed?: Delivery
}

/** By each way on which it went out: delivered when, and of those whom it serves, how many have read and acted. */
function Ways({ of, acts }: { of: Instruction; acts: boolean }) {
  const w = useSpoken()
  const rows: Way[] = [
    { key: 'here', name: w.t('no.way.here'), at: of.sent, of: of.of, read: of.read, acted: of.acted },
    ...of.channels.map((one) => ({
      ...one,
      key: `${one.channel}|${one.reason}`,
      name: one.reason === 'unread' ? w.t('no.way.unread', { channel: w.name(one) }) : w.name(one),
      failed: one.taken ? undefined : one,
    })),
  ]
  return (
    <Grid
      label={w.t('no.ways')}
      rows={rows}
      keyOf={(one) => one.key}
      columns={[
        { key: 'way', title: w.t('no.ways'), head: true, cell: (one) => one.name },
        {
          key: 'at',
          title: w.t('no.way.at'),
          cell: (one) => (one.failed ? <Failed of={one.failed} /> : w.stamp(one.at)),
        },
        {
          key: 'read',
          title: w.t('no.read.at'),
          cell: (one) => w.t('no.share', { n: w.n(one.read), of: w.n(one.of) }),
        },
        {
          key: 'acted',
          title: w.t('no.acted.at'),
          cell: (one) => acts && w.t('no.share', { n: w.n(one.acted), of: w.n(one.of) }),
        },
      ]}
    />
  )
}

function Failed({ of }: { of: Delivery }) {
  const w = useSpoken()
  return (
    <span className="late">
      {w.t('no.way.failed', { n: w.n(of.tries) })}
      <span className="block small">
        {of.again ? w.t('no.way.again', { at: w.stamp(of.again) }) : w.t('no.way.over')}
      </span>
    </span>
  )
}

/** On which ways it has reached an addressee. */
function Told({ of, to }: { of: Instruction; to: Receipt }) {
  const w = useSpoken()
  const names = to.channels.map((code) => {
    const one = of.channels.find((each) => each.channel === code)
    return one ? w.name(one) : code
  })
  return [w.t('no.way.here'), ...names].map((name) => (
    <span key={name} className="block small">
      {name}
    </span>
  ))
}

function To({ of }: { of: Receipt }) {
  return (
    <>
      <AreaName code={of.area} />
      {of.account && <span className="muted block small">{of.name}</span>}
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
      {to.fact && <Undo take={() => command.takeBack(of.id, to.fact as string)} done={done} />}
    </>
  )
}
