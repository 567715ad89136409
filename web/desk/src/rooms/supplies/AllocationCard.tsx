import '../../styles/tasks.css'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Allocation, production } from '../../api/production'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { AllocationMap } from './AllocationMap'
import { useProduction } from './production'

/** Who gets how much from where and why, what other rules would give, and what was changed by hand. */
export function AllocationCard({ id }: { id: string }) {
  const w = useProduction()
  const [filter, narrow] = useFilter()
  const item = filter.item ?? ''
  const found = useResource(`allocation|${id}|${item}`, (signal) => production.allocation(id, item, signal), 'keep', [
    'supplies',
  ])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <div className="heading">
        <h1>{w.t('al.of', { item: of.items.map(({ item }) => (item ? w.name(item) : '')).join(w.t('al.and')) })}</h1>
        <p className="muted">
          <AreaName code={of.area} /> · {w.stamp(of.at)} · {w.t(`al.${of.phase}`)}
        </p>
      </div>
      {of.items.length > 1 && <Items of={of} choose={(to) => narrow({ item: to })} />}
      <Sums of={of} />
      {of.phase === 'proposed' ? <Decide of={of} done={found.retry} /> : <Reopen of={of} done={found.retry} />}
      <Places of={of} />
      <Lines of={of} done={found.retry} />
      <Edits of={of} />
      <AllocationMap of={of} />
    </>
  )
}

type Item = Allocation['of']['item']

export const unitOf = (item: Item | undefined, w: ReturnType<typeof useProduction>) =>
  item ? w.name({ zh: item.unit_zh, en: item.unit_en }) : ''

/** All items of the plan, of which one is shown in full below. */
function Items({ of, choose }: { of: Allocation; choose: (item: string) => void }) {
  const w = useProduction()
  return (
    <section className="card" aria-labelledby="allocation-items">
      <h2 id="allocation-items">{w.t('al.in_plan', { n: w.n(of.items.length) })}</h2>
      <Grid
        label={w.t('al.in_plan', { n: w.n(of.items.length) })}
        rows={of.items}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'item',
            title: w.t('pd.item'),
            head: true,
            cell: (one) => {
              const shown = one.id === of.of.id
              const name = one.item ? w.name(one.item) : ''
              return (
                <Button
                  type="link"
                  className="plain"
                  aria-current={shown ? 'true' : undefined}
                  onClick={() => choose(one.id)}
                >
                  {shown ? <b>{name}</b> : name}
                </Button>
              )
            },
          },
          {
            key: 'given',
            title: w.t('al.given'),
            cell: (one) => (
              <>
                <b>{w.n(one.given)}</b> {unitOf(one.item, w)}
              </>
            ),
          },
          { key: 'available', title: w.t('al.available'), cell: (one) => w.n(one.available) },
          { key: 'need', title: w.t('al.missing'), cell: (one) => w.n(one.need) },
          { key: 'places', title: w.t('al.n_places'), cell: (one) => w.n(one.places) },
          {
            key: 'level',
            title: w.t('al.lowest'),
            cell: (one) => (one.level === null ? '' : `${w.n(Math.floor(one.level * 100))} %`),
          },
          { key: 'edits', title: w.t('al.edits'), cell: (one) => w.n(one.edits) },
        ]}
      />
    </section>
  )
}

function Sums({ of }: { of: Allocation }) {
  const w = useProduction()
  const { item, given, available, need, level } = of.of
  const unit = unitOf(item, w)
  return (
    <section className="card" aria-labelledby="allocation-sums">
      <h2 id="allocation-sums">{of.items.length > 1 && item ? w.name(item) : w.t('al.sums')}</h2>
      <p role="status">
        <b>{w.t('al.sum', { given: w.n(given), available: w.n(available), need: w.n(need), unit })}</b>{' '}
        {level !== null && w.t('al.level', { percent: w.n(Math.floor(level * 100)), days: w.n(of.days) })}{' '}
        {w.t('al.way', { km: w.n(of.unit_km), gap: w.n(of.gap * 100, 1) })}
      </p>
      <details>
        <summary>{w.t('al.rule')}</summary>
        <p>{w.name({ zh: of.rule_zh, en: of.rule_en })}</p>
        <p className="muted small">{w.t('pd.source', { source: of.source })}</p>
      </details>
    </section>
  )
}

function Decide({ of, done }: { of: Allocation; done: () => void }) {
  const w = useProduction()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const [sent, setSent] = useState(0)
  if (!may('supplies.share')) return null
  const confirm = () =>
    run(async () => {
      const made = await production.confirm(of.id, { fact, edits: of.changed })
      setSent(made.dispatches.length)
      done()
    })
  return (
    <section className="card" aria-label={w.t('al.decide')}>
      <div className="actions">
        <Button type="primary" loading={busy} disabled={!of.items.some((one) => one.given)} onClick={confirm}>
          {w.t('al.confirm')}
        </Button>
        <Button disabled={busy} onClick={() => run(() => production.drop(of.id, { fact: newId() }).then(done))}>
          {w.t('al.drop')}
        </Button>
      </div>
      <p className="muted small">{w.t('al.confirm.text')}</p>
      <div role="status">{sent > 0 && <p>{w.t('al.sent', { n: w.n(sent) })}</p>}</div>
      <Told error={error} />
    </section>
  )
}

/** A decision is taken back as long as nothing has left. */
function Reopen({ of, done }: { of: Allocation; done: () => void }) {
  const w = useProduction()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  if (!may('supplies.share')) return null
  return (
    <section className="card" aria-label={w.t('al.decide')}>
      <div className="actions">
        <Button
          loading={busy}
          onClick={() => run(() => production.takeBack(of.id, { taken: of.id, why: 'mistaken', fact }).then(done))}
        >
          {w.t('al.reopen')}
        </Button>
      </div>
      <p className="muted small">{w.t('al.reopen.text')}</p>
      <Told error={error} />
    </section>
  )
}

function Places({ of }: { of: Allocation }) {
  const w = useProduction()
  const others = of.rules.slice(1) as ('proportional' | 'per_head' | 'highest_first')[]
  return (
    <section className="card" aria-labelledby="allocation-places">
      <h2 id="allocation-places">{w.t('al.places')}</h2>
      <Grid
        label={w.t('al.places')}
        rows={of.places}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'place',
            title: w.t('al.place'),
            head: true,
            cell: (one) => (
              <>
                {w.name({ zh: one.name, en: one.en })}
                <span className="muted small block">
                  <AreaName code={one.area} />
                </span>
              </>
            ),
          },
          {
            key: 'need',
            title: w.t('al.need'),
            cell: (one) => w.t('al.has', { need: w.n(one.need), has: w.n(one.has) }),
          },
          {
            key: 'amount',
            title: w.t('al.gets'),
            cell: (one) => (
              <>
                <b>{w.n(one.amount)}</b>
                <span className="muted small block">{w.name({ zh: one.why_zh, en: one.why_en })}</span>
              </>
            ),
          },
          ...others.map((rule, n) => ({
            key: rule,
            title: w.t(`al.rule.${rule}`),
            cell: (one: Allocation['places'][number]) => {
              const amount = one.by_rule[n + 1]
              return amount === null || amount === undefined ? (
                <span className="muted">{w.t('al.unknown')}</span>
              ) : (
                w.n(amount)
              )
            },
          })),
        ]}
      />
    </section>
  )
}

function Lines({ of, done }: { of: Allocation; done: () => void }) {
  const w = useProduction()
  const { may } = useSession()
  const names = new Map([...of.stores, ...of.places].map((one) => [one.id, w.name({ zh: one.name, en: one.en })]))
  const acts =
    may('supplies.share') && of.phase === 'proposed'
      ? [
          {
            key: 'act',
            title: '',
            cell: (line: Allocation['lines'][number]) => (
              <Change key={`${of.of.id}${line.store}${line.place}`} of={of} line={line} done={done} />
            ),
          },
        ]
      : []
  return (
    <section className="card" aria-labelledby="allocation-lines">
      <h2 id="allocation-lines">{w.t('al.lines')}</h2>
      <Grid
        label={w.t('al.lines')}
        rows={of.lines}
        keyOf={(one) => `${one.store}|${one.place}`}
        columns={[
          {
            key: 'way',
            title: w.t('al.from_to'),
            head: true,
            cell: (one) => w.t('al.way.of', { store: names.get(one.store) ?? '', place: names.get(one.place) ?? '' }),
          },
          {
            key: 'n',
            title: w.t('al.amount'),
            cell: (one) => (
              <>
                <b>{w.n(one.quantity)}</b> {unitOf(of.of.item, w)}
              </>
            ),
          },
          { key: 'why', title: w.t('al.why'), cell: (one) => w.name({ zh: one.why_zh, en: one.why_en }) },
          ...acts,
        ]}
      />
    </section>
  )
}

interface ChangeProps {
  of: Allocation
  line: Allocation['lines'][number]
  done: () => void
}

function Change({ of, line, done }: ChangeProps) {
  const w = useProduction()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [fact, setFact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = (values: { quantity: number; why: string }) =>
    run(async () => {
      await production.change(of.id, { ...values, fact, item: of.of.id, store: line.store, place: line.place })
      setFact(newId())
      setOpen(false)
      done()
    })
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('al.change')}
      </Button>
      {open && (
        <Form
          name={`change-${line.store}-${line.place}`}
          layout="vertical"
          size="small"
          requiredMark={false}
          onFinish={submit}
          className="sub-form"
          initialValues={{ quantity: line.quantity }}
        >
          <Form.Item name="quantity" label={w.t('al.amount')} rules={needed} {...told('quantity')}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
          <Form.Item name="why" label={w.t('al.reason')} rules={[{ ...needed[0], whitespace: true }]} {...told('why')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Told error={error} />
          <Button type="primary" htmlType="submit" size="small" loading={busy}>
            {w.t('pd.record')}
          </Button>
        </Form>
      )}
    </>
  )
}

function Edits({ of }: { of: Allocation }) {
  const w = useProduction()
  if (!of.edits.length) return null
  const names = new Map([...of.stores, ...of.places].map((one) => [one.id, w.name({ zh: one.name, en: one.en })]))
  return (
    <section className="card" aria-labelledby="allocation-edits">
      <h2 id="allocation-edits">{w.t('al.edits')}</h2>
      <ul>
        {of.edits.map((one) => (
          <li key={one.fact}>
            {w.t('al.edit', {
              store: names.get(one.store) ?? '',
              place: names.get(one.place) ?? '',
              before: w.n(one.before),
              after: w.n(one.quantity),
            })}{' '}
            <span className="muted small">
              {one.why} · {one.author} · {w.stamp(one.at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
