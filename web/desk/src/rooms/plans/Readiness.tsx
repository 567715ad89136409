import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Line, plans, type Register } from '../../api/plans'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { titled } from './titled'
import { useSpoken } from './words'

/** How ready the counties or towns of an area are, and which have no plan in force. */
export function Readiness({ area }: { area: string }) {
  const w = useSpoken()
  const [filter, narrow] = useFilter()
  const below = filter.below === 'town' ? 'town' : 'county'
  const found = useResource(`readiness|${area}|${below}`, (signal) => plans.readiness(area, below, signal), 'keep')
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <section className="card" aria-label={w.t('pl.tab.readiness')}>
        <div className="pick inline">
          <span aria-hidden>{w.t('rd.below')}</span>
          <Select
            aria-label={w.t('rd.below')}
            value={below}
            popupMatchSelectWidth={false}
            onChange={(to) => narrow({ below: to })}
            options={(['county', 'town'] as const).map((value) => ({ value, label: w.t(`rd.${value}`) }))}
          />
        </div>
        <p role="status">
          {of.without.length
            ? w.t('rd.without', { n: w.n(of.without.length), all: w.n(of.areas.length) })
            : of.areas.length > 0 && w.t('rd.all', { all: w.n(of.areas.length) })}
        </p>
        <Without of={of} />
        <p className="muted small">{w.t('rd.formula', { days: w.n(of.valid_days) })}</p>
        <p className="muted small">
          {w.t('rd.source', {
            edition: of.edition,
            since: w.day(of.since),
            source: w.name({ zh: of.source_zh, en: of.source }),
          })}
        </p>
      </section>
      {of.areas.length ? (
        <Lines key={`${area} ${below}`} of={of} done={found.retry} />
      ) : (
        <Empty title={w.t('rd.none.title')} text={w.t('rd.none.text')} />
      )}
    </>
  )
}

function Without({ of }: { of: Register }) {
  const w = useSpoken()
  if (!of.without.length) return null
  const names = new Map(of.areas.map((one) => [one.area, w.name(one)]))
  return (
    <details>
      <summary>{w.t('rd.without.list')}</summary>
      <p>{of.without.map((code) => names.get(code)).join(w.t('list.comma'))}</p>
    </details>
  )
}

/** Divisions that are shown at once: a country has thousands. */
const PAGE = 60

function Lines({ of, done }: { of: Register; done: () => void }) {
  const w = useSpoken()
  const [shown, setShown] = useState(PAGE)
  const more = Math.min(PAGE, of.areas.length - shown)
  return (
    <section className="card" aria-label={w.t('rd.share')}>
      <Grid
        label={w.t('pl.tab.readiness')}
        rows={of.areas.slice(0, shown)}
        keyOf={(one) => one.area}
        columns={[
          { key: 'area', title: w.t('rd.area'), head: true, cell: (one) => w.name(one) },
          { key: 'plan', title: w.t('rd.plan'), cell: (one) => <Plan of={one} /> },
          { key: 'share', title: w.t('rd.share'), cell: (one) => <Share of={one} all={of.asked.length} /> },
          { key: 'items', title: w.t('rd.items'), cell: (one) => <Items of={one} its={of} done={done} /> },
        ]}
      />
      {more > 0 && (
        <div className="actions">
          <Button onClick={() => setShown(shown + PAGE)}>{w.t('rd.more', { n: w.n(more) })}</Button>
        </div>
      )}
    </section>
  )
}

function Plan({ of }: { of: Line }) {
  const w = useSpoken()
  if (!of.plan) return <span className="tag fails">{w.t('rd.plan.none')}</span>
  const last = w.day(of.plan.last)
  return (
    <>
      <a href={pathOf({ room: 'plan', id: of.plan.id })}>{w.name(titled(of.plan))}</a>{' '}
      {of.plan.current ? (
        <span className="muted small">{w.t('rd.plan.until', { last })}</span>
      ) : (
        <span className="tag fails">{w.t('rd.plan.over', { last })}</span>
      )}
    </>
  )
}

/** A bar of what is in order, lighter for what may be; the numbers say the same. */
function Share({ of, all }: { of: Line; all: number }) {
  const w = useSpoken()
  const [low, high] = [Math.round(of.low * 100), Math.round(of.high * 100)]
  return (
    <div className="readiness">
      <span className="span" aria-hidden>
        <span className="may" style={{ width: `${high}%` }} />
        <span className="is" style={{ width: `${low}%` }} />
      </span>
      <span>{w.t(low === high ? 'rd.one' : 'rd.range', { low: w.n(low), high: w.n(high) })}</span>
      <span className="muted small">{w.t('rd.known', { known: w.n(of.known), all: w.n(all) })}</span>
    </div>
  )
}

function Items({ of, its, done }: { of: Line; its: Register; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [saying, setSaying] = useState(false)
  const names = new Map(its.asked.map((one) => [one.code, w.name(one)]))
  return (
    <details>
      <summary aria-label={`${w.t('rd.items')} · ${w.name(of)}`}>{w.t('rd.items')}</summary>
      <ul className="ready-items">
        {of.items.map((one) => (
          <li key={one.code}>
            {names.get(one.code)}{' '}
            <span className={`tag ${one.met ? 'active' : one.met === false ? 'fails' : ''}`}>
              {w.t(one.met ? 'rd.met' : one.met === false ? 'rd.unmet' : 'rd.unknown')}
            </span>{' '}
            <span className="muted small">
              {w.t(`rd.basis.${one.basis}`, { at: one.at ? w.stamp(one.at) : '', evidence: one.evidence })}
            </span>
          </li>
        ))}
      </ul>
      {may('plans.manage') && !saying && (
        <Button size="small" onClick={() => setSaying(true)}>
          {w.t('rd.say')}
        </Button>
      )}
      {saying && <Say of={of} its={its} done={done} close={() => setSaying(false)} />}
    </details>
  )
}

interface SayProps {
  of: Line
  its: Register
  done: () => void
  close: () => void
}

function Say({ of, its, done, close }: SayProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [said, setSaid] = useState('')
  const told = refusals(error)
  const submit = (values: { item: string; met: boolean; evidence?: string }) =>
    run(async () => {
      await plans.say({ ...values, evidence: values.evidence ?? '', area: of.area, fact })
      setFact(newId())
      setSaid(w.t('rd.said'))
      done()
    })
  const needed = [{ required: true, message: w.t('required') }]
  return (
    <Form name={`say-${of.area}`} layout="vertical" requiredMark={false} onFinish={submit} className="sub-form">
      <Form.Item name="item" label={w.t('rd.item')} rules={needed} {...told('item')}>
        <Select
          options={its.asked.filter((one) => one.stated).map((one) => ({ value: one.code, label: w.name(one) }))}
        />
      </Form.Item>
      <Form.Item name="met" label={w.t('rd.how')} rules={needed} {...told('met')}>
        <Select
          options={[
            { value: true, label: w.t('rd.met') },
            { value: false, label: w.t('rd.unmet') },
          ]}
        />
      </Form.Item>
      <Form.Item name="evidence" label={w.t('rd.evidence')} {...told('evidence')}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Told error={error} />
      <p role="status" className="said">
        {said}
      </p>
      <div className="actions">
        <Button type="primary" htmlType="submit" size="small" loading={busy}>
          {w.t('rd.send')}
        </Button>
        <Button size="small" onClick={close}>
          {w.t('cancel')}
        </Button>
      </div>
    </Form>
  )
}
