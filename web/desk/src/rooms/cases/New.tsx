import { Alert, Button, Form, Select } from 'antd'
import { useState } from 'react'
import { cases } from '../../api/cases'
import { type HoldCard, holds } from '../../api/gates'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaField } from '../../forms/AreaField'
import { useArrival } from '../../forms/focus'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { go, useFilter } from '../../route'
import { useSession } from '../../session'
import { bodyOf, valuesOf } from './acts/body'
import { REPORTED } from './acts/fields'
import { ActField } from './acts/inputs'
import { clock } from './Clocks'
import { inForce, optionsOf, useTerms } from './terms'
import { type Somebody, Who } from './Who'
import { useSpoken } from './words'

const HOUR_MS = 3_600_000

/** A report card: first whose, then of what. Of somebody held at a checkpoint (`hold`) it takes what was told there. */
export function New() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter] = useFilter()
  const held = useResource(filter.hold ? `hold|${filter.hold}` : null, (signal) =>
    holds.card(filter.hold ?? '', signal),
  )
  const [who, setWho] = useState<Somebody | null>(null)
  const [area, setArea] = useState(session?.area ?? '')
  return (
    <>
      <section className="card" aria-labelledby="new-who">
        <header>
          <h2 id="new-who">{w.t('new.step.who')}</h2>
        </header>
        {who ? (
          <p>
            <strong>{who.name}</strong>{' '}
            <Button size="small" onClick={() => setWho(null)}>
              {w.t('new.other')}
            </Button>
          </p>
        ) : (
          <div className="who-form">
            <div className="condition">
              <span aria-hidden>{w.t('new.area')}</span>
              <AreaField top={session?.area ?? ''} value={area} onChange={setArea} label={w.t('new.area')} />
            </div>
            <Who area={area} heldAs="suspected" choose={setWho} />
          </div>
        )}
      </section>
      {who && (!filter.hold || held.data || held.error) && (
        <Report key={who.id} who={who} area={area} hold={held.data} />
      )}
    </>
  )
}

type Values = Record<string, unknown> & { disease: string; area: string; observed_at?: string | null; edition?: string }

/** The card. The ids of the case and of its fact are made here, so that sending twice reports once. */
function Report({ who, area, hold }: { who: Somebody; area: string; hold: HoldCard | null }) {
  const w = useSpoken()
  const title = useArrival<HTMLHeadingElement>()
  const { session } = useSession()
  const { diseases, disease } = useTerms()
  const [form] = Form.useForm<Values>()
  const { busy, error, run } = useAct()
  const [ids] = useState(() => ({ case: newId(), id: newId() }))
  const now = useNow()
  const at = Form.useWatch('observed_at', form) as string | null | undefined
  const its = disease((Form.useWatch('disease', form) as string) ?? 'ncov-2020')
  const where = (Form.useWatch('area', form) as string) ?? area
  const moment = at ? Date.parse(at) : now
  const rules = its && moment !== null ? inForce(its, civilDay(moment), where) : undefined
  const chosen = Form.useWatch('edition', form) as string | undefined
  const edition = its?.editions.find((e) => e.code === chosen) ?? rules
  const told = refusals(error)
  const submit = ({ disease: code, area: owner, observed_at, ...rest }: Values) =>
    run(async () => {
      const when = observed_at ? { observed_at } : {}
      const cause = hold?.report.cause
      const body = { ...bodyOf(REPORTED, rest), ...when, ...ids, ...(cause ? { cause } : {}) }
      const made = await cases.report({ ...body, person: who.id, disease: code, area: owner, edition: edition?.code })
      if (hold) await holds.act(hold.id, 'end', { outcome: 'reported', case: made.case })
      go({ room: 'case', id: made.case })
    })
  const ground = { disease: its, edition, samples: [] }
  return (
    <section className="card" aria-labelledby="new-card">
      <header>
        <h2 id="new-card" ref={title} tabIndex={-1}>
          {w.t('new.step.card')}
        </h2>
        <ReportClock at={at} now={now} hours={edition?.clocks?.report_h ?? null} />
      </header>
      <Form
        form={form}
        name="report"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
        initialValues={{ disease: 'ncov-2020', area, as_class: 'suspected', ...valuesOf(hold?.report ?? {}) }}
      >
        <div className="fields">
          <Form.Item name="disease" label={w.t('counts.disease')} {...told('disease')}>
            <Select popupMatchSelectWidth={false} options={optionsOf(diseases, w)} />
          </Form.Item>
          <Form.Item
            name="observed_at"
            label={w.t('new.diagnosed')}
            extra={w.t('act.when.now')}
            {...told('observed_at')}
          >
            <TimeField />
          </Form.Item>
          <Form.Item name="edition" label={w.t('field.edition')} {...told('edition')}>
            <Select
              allowClear
              popupMatchSelectWidth={false}
              placeholder={rules ? w.t('new.in_force', { edition: w.name(rules) }) : w.t('new.no_edition')}
              options={(its?.editions ?? []).map((e) => ({ value: e.code, label: w.name(e) }))}
            />
          </Form.Item>
          <Form.Item name="area" label={w.t('new.area')} className="wide" {...told('area')}>
            <AreaField top={session?.area ?? ''} label={w.t('new.area')} />
          </Form.Item>
          {REPORTED.map((field) => (
            <ActField key={field.name} field={field} ground={ground} told={told(field.name)} />
          ))}
        </div>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('new.go')}
        </Button>
      </Form>
    </section>
  )
}

/** How much is left of the hours in which a case is to be reported. */
function ReportClock({ at, now, hours }: { at?: string | null; now: number | null; hours: number | null }) {
  const w = useSpoken()
  if (hours === null || now === null) return null
  const left = (at ? Date.parse(at) : now) + hours * HOUR_MS - now
  return (
    <Alert
      type={left < 0 ? 'error' : 'info'}
      showIcon
      role="status"
      title={w.t('new.clock', { hours: w.n(hours), left: clock(left, w) })}
    />
  )
}
