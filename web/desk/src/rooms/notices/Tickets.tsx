import { Input, Select } from 'antd'
import { Fragment } from 'react'
import { command, type Ticket } from '../../api/command'
import { mobilisation } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Small } from '../mobilisation/parts'
import { useSpoken } from './words'

/** Joint tickets: each closes when the department and the place have both confirmed. */
export function Tickets({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`tickets|${area}`, (signal) => command.tickets(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { tickets, now } = found.data
  return (
    <section className="card" aria-label={w.t('no.tab.tickets')}>
      {may('calls.place') && <Open area={area} done={found.retry} />}
      {!tickets.length && <Empty title={w.t('ti.none.title')} text={w.t('ti.none.text')} />}
      {tickets.length > 0 && (
        <Grid
          label={w.t('no.tab.tickets')}
          rows={tickets}
          keyOf={(one) => one.id}
          columns={[
            { key: 'what', title: w.t('ti.what'), head: true, cell: (one) => <What of={one} /> },
            { key: 'sides', title: w.t('ti.sides'), cell: (one) => <Sides of={one} /> },
            { key: 'due', title: w.t('ti.due'), cell: (one) => <Due of={one} now={now} /> },
            {
              key: 'acts',
              title: '',
              className: 'acts',
              cell: (one) => (
                <>
                  <Confirm of={one} done={found.retry} />
                  {one.last && <Undo take={() => command.takeBack(one.id, one.last as string)} done={found.retry} />}
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

function Open({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const known = useResource(`departments|${area}`, (signal) => mobilisation.departments(area, signal))
  return (
    <Small
      name="ticket"
      title={w.t('ti.new')}
      free={['due']}
      fields={[
        [
          'department',
          w.t('ti.department'),
          <Select
            key="department"
            loading={known.loading}
            options={(known.data ?? []).map((one) => ({ value: one.account, label: one.name || one.account }))}
          />,
        ],
        ['zh', w.t('ti.problem'), <Input.TextArea key="zh" maxLength={1000} rows={3} />],
        ['due', w.t('ti.due.free'), <TimeField key="due" />],
      ]}
      send={(values) => command.openTicket({ ...values, due: (values.due as string) || null, id: newId(), area })}
      done={done}
    />
  )
}

function What({ of }: { of: Ticket }) {
  const w = useSpoken()
  return (
    <>
      {w.lang === 'zh' ? of.zh : of.en || of.zh}
      <span className="muted block small">
        <AreaName code={of.area} /> · {w.stamp(of.opened)}
      </span>
    </>
  )
}

function Sides({ of }: { of: Ticket }) {
  const w = useSpoken()
  return (['department', 'place'] as const).map((side) => {
    const at = of[`by_${side}`]
    return (
      <Fragment key={side}>
        <span className={`tag ${at ? 'active' : 'warns'}`}>
          {at ? w.t(`ti.confirmed.${side}`, { at: w.stamp(at) }) : w.t(`ti.waits.${side}`)}
        </span>{' '}
      </Fragment>
    )
  })
}

function Due({ of, now }: { of: Ticket; now: string }) {
  const w = useSpoken()
  if (of.closed) return <span className="tag active">{w.t('ti.closed', { at: w.stamp(of.closed) })}</span>
  return (
    <span className={now > of.due ? 'late' : 'muted'}>
      {w.t(now > of.due ? 'no.late' : 'no.by', { at: w.stamp(of.due) })}
    </span>
  )
}

function Confirm({ of, done }: { of: Ticket; done: () => void }) {
  const w = useSpoken()
  if (!of.side || of.closed || of[`by_${of.side}`]) return null
  return (
    <Small
      name={`confirm-${of.id}`}
      title={w.t(`ti.confirm.${of.side}`)}
      small
      free={['note']}
      fields={[['note', w.t('ti.note'), <Input.TextArea key="note" maxLength={500} rows={2} />]]}
      send={(values) => command.confirmTicket(of.id, String(values.note ?? ''))}
      done={done}
    />
  )
}
