import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { arrivals, type Call } from '../../api/arrivals'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { type Names, NamesDoor } from '../isolation/names'
import { Called, useListed } from './names'
import { Paged } from './Paged'
import { useSpoken } from './words'

const STATES = ['asked', 'taken_up', 'settled', 'not_possible'] as const
const NEEDS = ['medicine', 'masks', 'lodging', 'flight', 'doctor'] as const

/** Calls for help from abroad. */
export function Help({ area }: { area: string }) {
  const w = useSpoken()
  const id = useId()
  const { may } = useSession()
  const [filter, narrow] = useFilter()
  const asked = { area, ...(filter.state ? { state: filter.state as Call['state'] } : {}) }
  const key = `help|${area}|${filter.state}`
  const first = useResource(key, (signal) => arrivals.calls(asked, signal))
  const names = useListed(key, (named, signal) => arrivals.calls({ ...asked, ...named }, signal))
  return (
    <>
      {may('travel.manage') && <New area={area} done={first.retry} />}
      <section className="card" aria-label={w.t('arr.tab.help')}>
        <p className="muted">{w.t('help.text')}</p>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('help.state')}</label>
          <Select
            id={id}
            value={filter.state ?? ''}
            onChange={(state) => narrow({ state })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('arr.all') },
              ...STATES.map((value) => ({ value, label: w.t(`help.${value}`) })),
            ]}
          />
        </div>
        {first.data && first.data.total > 0 && <NamesDoor names={names} />}
        {first.error && <Failure error={first.error} retry={first.retry} told />}
        {first.loading && <Loading />}
        {first.data && !first.error && !first.loading && (
          <Paged key={key} first={first.data} ask={(after) => arrivals.calls({ ...asked, after })}>
            {(pages) => <Rows rows={pages.flatMap((p) => p.calls)} names={names} done={first.retry} />}
          </Paged>
        )}
      </section>
    </>
  )
}

function Rows({ rows, names, done }: { rows: Call[]; names: Names; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  if (!rows.length) return <Empty title={w.t('help.none.title')} text={w.t('help.none.text')} />
  return (
    <Grid
      label={w.t('arr.tab.help')}
      rows={rows}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'who',
          title: w.t('list.person'),
          head: true,
          cell: (one) => (
            <>
              <Called person={one.person} names={names} />{' '}
              {one.family > 1 && <span className="muted">{w.t('help.family', { n: w.n(one.family) })}</span>}
            </>
          ),
        },
        { key: 'place', title: w.t('help.place'), cell: (one) => one.place },
        { key: 'needs', title: w.t('help.needs'), cell: (one) => one.needs.map((n) => need(n, w)).join(' · ') },
        { key: 'at', title: w.t('help.at'), cell: (one) => w.stamp(one.asked_at) },
        {
          key: 'state',
          title: w.t('help.state'),
          cell: (one) => (
            <>
              <span className={`tag ${one.state === 'settled' ? 'active' : one.state === 'asked' ? 'warns' : ''}`}>
                {w.t(`help.${one.state}`)}
              </span>
              {one.answered_at && <span className="muted block small">{w.stamp(one.answered_at)}</span>}
            </>
          ),
        },
        ...(may('travel.manage')
          ? [{ key: 'acts', title: '', cell: (one: Call) => <Answer of={one} done={done} /> }]
          : []),
      ]}
    />
  )
}

function need(code: string, w: ReturnType<typeof useSpoken>): string {
  return NEEDS.some((one) => one === code) ? w.t(`help.needs.${code}` as 'help.needs.masks') : code
}

function Answer({ of, done }: { of: Call; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  if (of.state === 'settled' || of.state === 'not_possible') return null
  return (
    <div className="row-acts">
      <Select
        size="small"
        disabled={busy}
        aria-label={w.t('help.answer')}
        placeholder={w.t('help.answer')}
        popupMatchSelectWidth={false}
        options={STATES.filter((one) => one !== 'asked' && one !== of.state).map((value) => ({
          value,
          label: w.t(`help.${value}`),
        }))}
        onChange={(state: Call['state']) =>
          run(async () => {
            await arrivals.answer(of.id, state)
            done()
          })
        }
      />
      <Told error={error} />
    </div>
  )
}

function New({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const told = refusals(error)
  const needed = { required: true, message: w.t('arr.required') }
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{w.t('help.new')}</Button>
      </div>
    )
  const submit = (values: { person: string; place: string; family: number; needs: string[] }) =>
    run(async () => {
      await arrivals.call({ ...values, person: values.person.trim(), area })
      setOpen(false)
      done()
    })
  return (
    <section className="card">
      <Form
        name="help"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ family: 1, needs: [] }}
      >
        <h2>{w.t('help.new')}</h2>
        <div className="fields">
          <Form.Item
            name="person"
            label={w.t('stranded.person')}
            extra={w.t('stranded.person.help')}
            rules={[{ required: true, pattern: /^\s*[0-9a-f-]{36}\s*$/, message: w.t('stranded.person.bad') }]}
            {...told('person')}
          >
            <Input className="mono" maxLength={40} spellCheck={false} autoComplete="off" />
          </Form.Item>
          <Form.Item name="place" label={w.t('help.place')} rules={[needed]} {...told('place')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="family" label={w.t('help.people')} rules={[needed]} {...told('family')}>
            <InputNumber min={1} max={50} precision={0} />
          </Form.Item>
          <Form.Item name="needs" label={w.t('help.needs')} {...told('needs')}>
            <Select mode="multiple" options={NEEDS.map((value) => ({ value, label: w.t(`help.needs.${value}`) }))} />
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
