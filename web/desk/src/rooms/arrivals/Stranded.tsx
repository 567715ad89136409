import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { arrivals, type Stranded as Somebody, type StrandedPage } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { type Names, NamesDoor } from '../isolation/names'
import { Called, useListed } from './names'
import { Paged } from './Paged'
import { Seating } from './Seating'
import { useSpoken } from './words'

/** Who wants to come home, and who has a seat. */
export function Stranded({ area }: { area: string }) {
  const { may } = useSession()
  const first = useResource(`stranded|${area}`, (signal) => arrivals.stranded({ area }, signal))
  const names = useListed(`stranded|${area}`, (named, signal) => arrivals.stranded({ area, ...named }, signal))
  return (
    <>
      {first.data && <Totals of={first.data} />}
      {may('travel.manage') && <Register area={area} done={first.retry} />}
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && <Loading />}
      {first.data && !first.error && !first.loading && (
        <Paged first={first.data} ask={(after) => arrivals.stranded({ area, after })}>
          {(pages) => <Rows rows={pages.flatMap((p) => p.stranded)} area={area} names={names} done={first.retry} />}
        </Paged>
      )}
    </>
  )
}

const SEATS = ['assigned', 'waiting', 'declined'] as const

function Totals({ of: { totals, estimates } }: { of: StrandedPage }) {
  const w = useSpoken()
  const holds = SEATS.reduce((sum, seat) => sum + totals[seat], 0) === totals.registered
  const said = totals.estimated === null ? '—' : w.n(totals.estimated)
  return (
    <section className="card stages">
      <dl>
        {SEATS.map((seat) => (
          <div key={seat}>
            <dt>{w.t(`seat.${seat}`)}</dt>
            <dd>{w.n(totals[seat])}</dd>
          </div>
        ))}
        <div>
          <dt>{w.t('stranded.registered')}</dt>
          <dd>{w.n(totals.registered)}</dd>
        </div>
        <div className="of-mode">
          <dt>{w.t('stranded.estimated')}</dt>
          <dd>{totals.about ? w.t('stranded.about', { n: said }) : said}</dd>
        </div>
      </dl>
      <p className={holds ? 'muted small' : 'late'}>{w.t(holds ? 'stranded.holds' : 'stranded.broken')}</p>
      <p className="muted small">{w.t('stranded.text')}</p>
      {estimates.map((one) => (
        <p key={one.id} className="small">
          {w.t('stranded.said', {
            place: one.place,
            n: one.about ? w.t('stranded.about', { n: w.n(one.people) }) : w.n(one.people),
            at: w.stamp(one.stated_at),
          })}
        </p>
      ))}
    </section>
  )
}

interface RowsProps {
  rows: Somebody[]
  area: string
  names: Names
  done: () => void
}

function Rows({ rows, area, names, done }: RowsProps) {
  const w = useSpoken()
  const { may } = useSession()
  const manages = may('travel.manage')
  const flights = useResource(manages ? `flights|${area}` : null, (signal) => arrivals.flights({ area }, signal))
  if (!rows.length) return <Empty title={w.t('stranded.none.title')} text={w.t('stranded.none.text')} />
  const options = (flights.data?.flights ?? []).map((one) => ({
    value: one.id,
    label: `${one.number || one.route.join(' → ')} (${w.n(one.seats - one.assigned)})`,
    disabled: one.assigned >= one.seats,
  }))
  const number = (id: string) => flights.data?.flights.find((one) => one.id === id)?.number ?? id.slice(-6)
  return (
    <section className="card" aria-label={w.t('arr.tab.stranded')}>
      <NamesDoor names={names} />
      {manages && <Seating area={area} flights={flights.data?.flights ?? []} done={done} />}
      <Grid
        label={w.t('arr.tab.stranded')}
        rows={rows}
        keyOf={(one) => one.person}
        columns={[
          {
            key: 'who',
            title: w.t('list.person'),
            head: true,
            cell: (one) => (
              <>
                <Called person={one.person} names={names} />
                {one.family && (
                  <span className="muted block small">{w.t('stranded.family', { id: one.family.slice(-6) })}</span>
                )}
              </>
            ),
          },
          { key: 'place', title: w.t('stranded.place'), cell: (one) => one.place },
          { key: 'since', title: w.t('stranded.since'), cell: (one) => w.stamp(one.registered_at) },
          {
            key: 'seat',
            title: w.t('seat'),
            cell: (one) => (
              <>
                <span className={`tag ${one.seat === 'assigned' ? 'active' : one.seat === 'waiting' ? 'warns' : ''}`}>
                  {w.t(`seat.${one.seat}`)}
                </span>{' '}
                {one.flight && number(one.flight)}
              </>
            ),
          },
          ...(manages
            ? [{ key: 'acts', title: '', cell: (one: Somebody) => <Settle of={one} flights={options} done={done} /> }]
            : []),
        ]}
      />
    </section>
  )
}

interface SettleProps {
  of: Somebody
  flights: { value: string; label: string; disabled: boolean }[]
  done: () => void
}

function Settle({ of, flights, done }: SettleProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const settle = (seat: Somebody['seat'], flight: string | null = null) =>
    run(async () => {
      await arrivals.settle(of.person, seat, flight)
      done()
    })
  return (
    <div className="row-acts">
      {of.seat !== 'assigned' && (
        <Select
          size="small"
          disabled={busy}
          aria-label={w.t('stranded.give')}
          placeholder={w.t('stranded.give')}
          popupMatchSelectWidth={false}
          options={flights}
          onChange={(flight: string) => settle('assigned', flight)}
        />
      )}
      {of.seat !== 'waiting' && (
        <Button size="small" loading={busy} onClick={() => settle('waiting')}>
          {w.t('stranded.wait')}
        </Button>
      )}
      {of.seat !== 'declined' && (
        <Button size="small" loading={busy} onClick={() => settle('declined')}>
          {w.t('stranded.decline')}
        </Button>
      )}
      <Told error={error} />
    </div>
  )
}

/** Somebody who wants to come home, or how many are said to be somewhere. */
function Register({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState<'register' | 'estimate' | null>(null)
  const told = refusals(error)
  const needed = { required: true, message: w.t('arr.required') }
  if (!open)
    return (
      <div className="actions">
        {(['register', 'estimate'] as const).map((one) => (
          <Button key={one} onClick={() => setOpen(one)}>
            {w.t(`stranded.${one}`)}
          </Button>
        ))}
      </div>
    )
  const submit = (values: { person: string; place: string; people: number; about?: boolean }) =>
    run(async () => {
      const { person, place, people, about } = values
      const all = open === 'register' ? person.trim().split(/\s+/) : []
      const family = all.length > 1 ? newId() : null
      for (const one of all) await arrivals.register({ person: one, place, area, family })
      if (open === 'estimate') await arrivals.estimate({ place, people, about: about ?? false, area })
      setOpen(null)
      done()
    })
  return (
    <section className="card">
      <Form name="stranded" layout="vertical" requiredMark={false} onFinish={submit}>
        <h2>{w.t(`stranded.${open}`)}</h2>
        <div className="fields">
          {open === 'register' && (
            <Form.Item
              name="person"
              label={w.t('stranded.person')}
              extra={w.t('stranded.person.help')}
              rules={[
                {
                  required: true,
                  pattern: /^\s*[0-9a-f-]{36}(\s+[0-9a-f-]{36})*\s*$/,
                  message: w.t('stranded.person.bad'),
                },
              ]}
              {...told('person')}
            >
              <Input.TextArea className="mono" rows={2} maxLength={1000} spellCheck={false} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item name="place" label={w.t('stranded.place')} rules={[needed]} {...told('place')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          {open === 'estimate' && (
            <>
              <Form.Item name="people" label={w.t('stranded.people')} rules={[needed]} {...told('people')}>
                <InputNumber min={0} max={10_000_000} precision={0} />
              </Form.Item>
              <Form.Item name="about" valuePropName="checked" label=" " colon={false}>
                <Checkbox>{w.t('stranded.is_about')}</Checkbox>
              </Form.Item>
            </>
          )}
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('act.go')}
          </Button>
          <Button onClick={() => setOpen(null)}>{w.t('arr.cancel')}</Button>
        </div>
      </Form>
    </section>
  )
}
