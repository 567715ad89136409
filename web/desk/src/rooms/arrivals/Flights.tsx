import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { arrivals, type Flight } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Paged } from './Paged'
import { useSpoken } from './words'

/** Flights that are planned, with their seats. */
export function Flights({ area }: { area: string }) {
  const w = useSpoken()
  const first = useResource(`flights|${area}`, (signal) => arrivals.flights({ area }, signal))
  return (
    <>
      <Plan area={area} done={first.retry} />
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && <Loading />}
      {first.data && !first.error && !first.loading && (
        <Paged first={first.data} ask={(after) => arrivals.flights({ area, after })}>
          {(pages) => <Rows rows={pages.flatMap((p) => p.flights)} done={first.retry} />}
        </Paged>
      )}
      <p className="muted">{w.t('flight.text')}</p>
    </>
  )
}

function Rows({ rows, done }: { rows: Flight[]; done: () => void }) {
  const w = useSpoken()
  if (!rows.length) return <Empty title={w.t('flight.none.title')} text={w.t('flight.none.text')} />
  return (
    <section className="card" aria-label={w.t('arr.tab.flights')}>
      <Grid
        label={w.t('arr.tab.flights')}
        rows={rows}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'number',
            title: w.t('flight.number'),
            head: true,
            cell: (one) => (
              <>
                {one.number || w.t(`conv.${one.conveyance}`)}{' '}
                {one.disputed && <span className="tag warns">{w.t('arr.disputed')}</span>}
              </>
            ),
          },
          { key: 'operator', title: w.t('flight.operator'), cell: (one) => one.operator || null },
          { key: 'route', title: w.t('flight.route'), cell: (one) => one.route.join(' → ') },
          { key: 'departs', title: w.t('flight.departs'), cell: (one) => (one.departs ? w.stamp(one.departs) : '—') },
          { key: 'seats', title: w.t('flight.seats'), cell: (one) => w.n(one.seats), className: 'number' },
          { key: 'assigned', title: w.t('flight.assigned'), cell: (one) => w.n(one.assigned), className: 'number' },
          {
            key: 'free',
            title: w.t('flight.free'),
            className: 'number',
            cell: (one) =>
              one.assigned > one.seats ? (
                <span className="late">{w.t('flight.over', { n: w.n(one.assigned - one.seats) })}</span>
              ) : (
                w.n(one.seats - one.assigned)
              ),
          },
          { key: 'acts', title: '', cell: (one) => <Landed of={one} done={done} />, className: 'acts' },
        ]}
      />
    </section>
  )
}

/** All who had a seat have come: each is on the list of arrivals at once, and of who looks after them. */
function Landed({ of, done }: { of: Flight; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  if (!of.assigned) return null
  const land = () =>
    run(async () => {
      const told = await arrivals.land(of.id, at ?? new Date().toISOString())
      setSaid(w.t('flight.landed.done', { n: w.n(Object.keys(told.listed).length) }))
      setOpen(false)
      done()
    })
  return (
    <div className="row-acts">
      {open ? (
        <>
          <TimeField value={at} onChange={setAt} />
          <Button size="small" type="primary" loading={busy} onClick={land}>
            {w.t('flight.landed.go')}
          </Button>
        </>
      ) : (
        <Button size="small" onClick={() => setOpen(true)}>
          {w.t('flight.landed')}
        </Button>
      )}
      {said && <p role="status">{said}</p>}
      <Told error={error} />
    </div>
  )
}

const CONVEYANCES = ['flight', 'train', 'coach', 'ship'] as const

function Plan({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  const needed = { required: true, message: w.t('arr.required') }
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{w.t('flight.plan')}</Button>
      </div>
    )
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const { route, number, operator, departs, ...rest } = values
      await arrivals.plan({
        ...rest,
        area,
        number: number || null,
        operator: operator || null,
        departs: departs || null,
        route: placesOf(String(route)),
      })
      setOpen(false)
      done()
    })
  return (
    <section className="card" aria-label={w.t('flight.plan')}>
      <Form
        name="flight"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ conveyance: 'flight' }}
      >
        <h2>{w.t('flight.plan')}</h2>
        <div className="fields">
          <Form.Item name="conveyance" label={w.t('list.number.text')} {...told('conveyance')}>
            <Select options={CONVEYANCES.map((value) => ({ value, label: w.t(`conv.${value}`) }))} />
          </Form.Item>
          <Form.Item name="number" label={w.t('flight.number')} {...told('number')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="operator" label={w.t('flight.operator')} {...told('operator')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="route"
            label={w.t('flight.route')}
            extra={w.t('flight.route.help')}
            rules={[
              needed,
              {
                validator: (_, text?: string) =>
                  !text || placesOf(text).length > 1
                    ? Promise.resolve()
                    : Promise.reject(new Error(w.t('flight.route.bad'))),
              },
            ]}
            {...told('route')}
          >
            <Input maxLength={400} autoComplete="off" />
          </Form.Item>
          <Form.Item name="departs" label={w.t('flight.departs')} {...told('departs')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="seats" label={w.t('flight.seats')} rules={[needed]} {...told('seats')}>
            <InputNumber min={0} max={10_000} precision={0} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('act.go')}
          </Button>
          <Button onClick={() => setOpen(false)}>{w.t('arr.cancel')}</Button>
        </div>
      </Form>
    </section>
  )
}

/** The places of a route as it was typed. */
function placesOf(text: string): string[] {
  return text
    .split(/→|->|—|–|-|，|,|、/)
    .map((one) => one.trim())
    .filter(Boolean)
}
