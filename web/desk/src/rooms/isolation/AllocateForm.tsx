import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { isolation, type Plan, type Station, stations } from '../../api/isolation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import type { Schemas } from '../../api/types'
import { useAct } from '../../forms/act'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { inForce, optionsOf, useTerms } from '../cases/terms'
import { idsOf } from './Allocate'
import type { Somebody } from './many'
import { Proposal } from './Proposal'
import { useSpoken } from './words'

type Body = Partial<Schemas['AllocateIn']>
interface Values {
  disease: string
  edition: string
  basis: string
  start: string
  end: string
  of?: string
  reason?: string
  ill?: string
}

/** Where they may go and on which ground; the proposal stands below until something is changed. */
export function AllocateForm({ people, again }: { people: Somebody[]; again: () => void }) {
  const w = useSpoken()
  const { session } = useSession()
  const { diseases, disease } = useTerms()
  const found = useResource('stations|', (signal) => stations.list({}, signal))
  const policy = useResource('isolation-policy', isolation.policy)
  const { busy, error, run, clear } = useAct()
  const [batch] = useState(newId)
  const [used, setUsed] = useState<Record<string, number | null>>({})
  const [made, setMade] = useState<{ plan: Plan; body: Body } | null>(null)
  const [form] = Form.useForm<Values>()
  const [chosen, setChosen] = useState(people[0]?.contact?.disease ?? 'ncov-2020')
  const told = refusals(error)
  const grounds = people.every((one) => one.contact)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  if (!found.data.stations.length) return <Empty title={w.t('alloc.stations')} text={w.t('new.station.none')} />
  const changed = () => {
    clear()
    setMade(null)
  }
  const plan = (values: Values) =>
    run(async () => {
      const body = bodyOf(values, people, used, batch)
      setMade({ plan: await isolation.allocate(body), body })
    })
  const confirm = () =>
    run(async () => {
      if (made) setMade({ ...made, plan: await isolation.allocate({ ...made.body, confirm: made.plan.digest }) })
    })
  const needed = [{ required: true, message: w.t('new.required') }]
  const today = (session?.server_time ?? '').slice(0, 10)
  const ends = people.flatMap((one) => (one.contact?.end ? [one.contact.end] : [])).sort()
  return (
    <section className="card">
      <Form<Values>
        form={form}
        name="many"
        layout="vertical"
        requiredMark={false}
        onFinish={plan}
        onValuesChange={changed}
        disabled={made?.plan.done}
        scrollToFirstError={{ focus: true }}
        initialValues={{
          disease: chosen,
          edition: people[0]?.contact?.edition ?? inForce(disease(chosen), today, session?.area ?? '')?.code,
          basis: 'infectious_disease',
          start: session?.server_time,
          end: ends[ends.length - 1],
        }}
      >
        <h2>{w.t('alloc.stations')}</h2>
        <Places
          of={found.data.stations}
          used={used}
          disabled={Boolean(made?.plan.done)}
          use={(id, most) => {
            changed()
            setUsed(({ [id]: _, ...rest }) => (most === undefined ? rest : { ...rest, [id]: most }))
          }}
        />
        <h2>{w.t('new.why')}</h2>
        <div className="fields">
          <Form.Item name="disease" label={w.t('alloc.disease')} rules={needed} {...told('disease')}>
            <Select options={optionsOf(diseases, w)} onChange={setChosen} disabled={grounds} />
          </Form.Item>
          <Form.Item name="edition" label={w.t('new.edition')} rules={needed} {...told('edition')}>
            <Select options={optionsOf(disease(chosen)?.editions ?? [], w)} />
          </Form.Item>
          <Form.Item name="basis" label={w.t('new.basis')} rules={needed} {...told('basis')}>
            <Select options={optionsOf(policy.data?.bases ?? [], w)} />
          </Form.Item>
          <Form.Item name="start" label={w.t('new.start')} rules={needed} {...told('start')}>
            <TimeField />
          </Form.Item>
          <Form.Item name="end" label={w.t('new.end')} rules={needed} {...told('end')}>
            <TimeField />
          </Form.Item>
          {!grounds && (
            <>
              <Form.Item name="of" label={w.t('alloc.of')} extra={w.t('alloc.of.help')} rules={needed} {...told('of')}>
                <Input className="mono" maxLength={36} spellCheck={false} autoComplete="off" />
              </Form.Item>
              <Form.Item name="reason" label={w.t('new.reason')} rules={needed} className="wide" {...told('reason')}>
                <Input.TextArea maxLength={2000} rows={2} />
              </Form.Item>
            </>
          )}
          <Form.Item
            name="ill"
            label={w.t('alloc.ill')}
            className="wide"
            rules={[{ validator: (_, text?: string) => among(text, people, w.t) }]}
            {...told('mode')}
          >
            <Input.TextArea className="mono" rows={2} spellCheck={false} />
          </Form.Item>
        </div>
        <Told error={error} />
        {!made?.plan.done && (
          <Button
            type={made ? 'default' : 'primary'}
            htmlType="submit"
            loading={busy}
            disabled={!Object.keys(used).length}
          >
            {w.t('alloc.plan')}
          </Button>
        )}
        {!Object.keys(used).length && <p className="muted">{w.t('alloc.stations.none')}</p>}
      </Form>
      {made && (
        <Proposal
          plan={made.plan}
          people={people.length}
          stations={found.data.stations}
          batch={batch}
          busy={busy}
          confirm={confirm}
          again={again}
        />
      )}
    </section>
  )
}

function bodyOf(
  { ill, of, reason, ...values }: Values,
  people: Somebody[],
  used: Record<string, number | null>,
  batch: string,
): Body {
  const hospital = new Set(idsOf(ill))
  const grounds = people.every((one) => one.contact)
  return {
    ...values,
    order_class: grounds ? 'close_contact' : 'other',
    of: grounds ? people[0]?.contact?.id : of?.trim(),
    reason: reason?.trim() || null,
    batch,
    people: people.map(({ person, contact }) => ({
      person,
      mode: hospital.has(person) ? 'hospital' : 'central',
      ...(grounds && contact ? { of: contact.id } : {}),
    })),
    stations: Object.entries(used).map(([station, at_most]) => ({ station, at_most })),
  }
}

function among(text: string | undefined, people: Somebody[], t: ReturnType<typeof useSpoken>['t']): Promise<void> {
  const known = new Set(people.map((one) => one.person))
  const bad = idsOf(text).findIndex((id) => !known.has(id))
  return bad < 0 ? Promise.resolve() : Promise.reject(new Error(t('alloc.ill.none', { row: bad + 1 })))
}

interface PlacesProps {
  of: Station[]
  /** Those used, with the most that each takes; null: as many as it has places. */
  used: Record<string, number | null>
  use: (id: string, most: number | null | undefined) => void
  disabled: boolean
}

function Places({ of, used, use, disabled }: PlacesProps) {
  const w = useSpoken()
  return (
    <div className="alloc-stations">
      {of.map(({ id, name, mode, occupancy: { free } }) => (
        <div key={id}>
          <Checkbox
            checked={id in used}
            disabled={disabled || free < 1}
            onChange={(e) => use(id, e.target.checked ? null : undefined)}
          >
            {free > 0 ? w.t('place.free', { name, n: w.n(free) }) : w.t('place.full', { name })}{' '}
            <span className="muted">{w.t(`mode.${mode}`)}</span>
          </Checkbox>
          {id in used && (
            <InputNumber
              size="small"
              min={0}
              max={free}
              precision={0}
              value={used[id]}
              placeholder={w.t('alloc.at_most.short')}
              aria-label={w.t('alloc.at_most', { name })}
              onChange={(most) => use(id, most)}
            />
          )}
        </div>
      ))}
    </div>
  )
}
