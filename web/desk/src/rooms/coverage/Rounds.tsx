import { Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Round, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useSpoken } from './words'
import { AreaName } from '../../forms/AreaName'

/** The rounds of an area: how far each has come, opened and closed here. */
export function Rounds({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`rounds|${area}`, (signal) => screening.rounds(area, signal), 'keep', ['screening'])
  const [said, setSaid] = useState('')
  const [opening, setOpening] = useState(false)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { rounds } = found.data
  const changed = (what: string) => {
    setSaid(what)
    setOpening(false)
    found.retry()
  }
  const next = Math.max(0, ...rounds.filter((one) => one.area === area).map((one) => one.number)) + 1
  return (
    <section className="card" aria-labelledby="rounds-title">
      <header>
        <h2 id="rounds-title">{w.t('round.title')}</h2>
        {may('screening.manage') && !opening && (
          <Button type="primary" onClick={() => setOpening(true)}>
            {w.t('round.new')}
          </Button>
        )}
      </header>
      <p aria-live="polite">{said}</p>
      {opening && <Open area={area} next={next} done={changed} close={() => setOpening(false)} />}
      {rounds.length === 0 ? (
        <p className="muted pad">{w.t('round.none')}</p>
      ) : (
        <Board rounds={rounds} done={changed} />
      )}
    </section>
  )
}

function Board({ rounds, done }: { rounds: Round[]; done: (said: string) => void }) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const close = (one: Round) =>
    run(async () => {
      await screening.close(one.id)
      done(w.t('round.closed.said', { n: one.number }))
    })
  const late = (one: Round) => !one.closed_at && now !== null && Date.parse(one.due) < now
  return (
    <>
      <Grid
        label={w.t('round.title')}
        rows={rounds}
        keyOf={(one) => one.id}
        columns={[
          {
            key: 'number',
            title: w.t('round.number'),
            head: true,
            cell: (one) => (
              <a href={`#coverage?show=ledger&area=${one.area}&round=${one.id}`}>
                {w.t('cov.round.n', { n: one.number })}
              </a>
            ),
          },
          { key: 'area', title: w.t('round.area'), cell: (one) => <AreaName code={one.area} /> },
          { key: 'opened', title: w.t('round.opened'), cell: (one) => w.stamp(one.opened_at) },
          { key: 'due', title: w.t('round.due'), cell: (one) => w.stamp(one.due) },
          {
            key: 'progress',
            title: w.t('round.progress'),
            className: 'number',
            cell: (one) => `${w.n(one.ended)} / ${w.n(one.households)}`,
          },
          {
            key: 'state',
            title: w.t('round.state'),
            cell: (one) => (
              <>
                <span className={late(one) ? 'tag fails' : 'tag'}>
                  {w.t(`round.state.${one.closed_at ? 'closed' : late(one) ? 'late' : 'open'}`)}
                </span>
                {one.checks.map((check) => (
                  <div key={check.reason} className="muted">
                    {w.lang === 'zh' ? check.zh : check.en}
                  </div>
                ))}
              </>
            ),
          },
          {
            key: 'act',
            title: '',
            cell: (one) =>
              !one.closed_at && may('screening.manage') ? (
                <Button loading={busy} onClick={() => close(one)} title={w.t('round.close.help')}>
                  {w.t('round.close')}
                </Button>
              ) : null,
          },
        ]}
      />
      <Told error={error} />
    </>
  )
}

interface OpenProps {
  area: string
  next: number
  done: (said: string) => void
  close: () => void
}

function Open({ area, next, done, close }: OpenProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('round.required') }]
  const submit = (values: { number: number; due: string }) =>
    run(async () => {
      await screening.open({ area, ...values, fact })
      done(w.t('round.opened.said', { n: values.number }))
    })
  return (
    <Form
      name="round"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ number: next }}
    >
      <div className="fields">
        <Form.Item name="number" label={w.t('round.number')} rules={needed} {...told('number')}>
          <InputNumber min={1} max={999} precision={0} />
        </Form.Item>
        <Form.Item name="due" label={w.t('round.new.due')} rules={needed} {...told('due')}>
          <TimeField />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('round.new.go')}
        </Button>
        <Button onClick={close}>{w.t('round.cancel')}</Button>
      </div>
    </Form>
  )
}
