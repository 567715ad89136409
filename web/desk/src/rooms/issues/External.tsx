import { Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/once'
import { type Criterion, type EventLine, external, type Instrument } from '../../api/press'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

export interface Assessment {
  title_zh: string
  title_en: string
  known_at: string
  listed?: string | null
  judged: Partial<Record<Criterion, { met: boolean; why: string }>>
}

/** The log of what is told outside the country: events, their assessment, their clock. */
export function External({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`external|${area}`, (signal) => external.events(area, signal), 'keep', ['bulletins'])
  const [subject] = useState(newId)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const open = () => {
    location.hash = `#issues?show=external&one=${subject}`
  }
  return (
    <section className="card" aria-labelledby="external-title">
      <h2 id="external-title">{w.t('is.tab.external')}</h2>
      <p className="muted">{w.t('ex.text')}</p>
      <details className="opens">
        <summary>{w.t('ex.new')}</summary>
        <AssessForm area={area} subject={subject} done={open} />
      </details>
      {found.data.length === 0 ? (
        <Empty title={w.t('ex.none')} text={w.t('ex.none.text')} />
      ) : (
        <Grid
          label={w.t('is.tab.external')}
          rows={found.data}
          keyOf={(one: EventLine) => one.subject}
          columns={[
            {
              key: 'event',
              title: w.t('ex.event'),
              head: true,
              cell: (one: EventLine) => (
                <a href={`#issues?show=external&one=${one.subject}`}>
                  {w.lang === 'zh' ? one.title_zh : one.title_en}
                  <span className="muted block small">
                    <AreaName code={one.area} />
                  </span>
                </a>
              ),
            },
            { key: 'assessed', title: w.t('ex.assessed_at'), cell: (one: EventLine) => w.stamp(one.assessed_at) },
            { key: 'clock', title: w.t('ex.clock'), cell: (one: EventLine) => <Clock of={one} /> },
            {
              key: 'told',
              title: w.t('ex.told'),
              cell: (one: EventLine) =>
                w.t('ex.told.n', { n: w.n(one.notifications), confirmed: w.n(one.acknowledged) }),
            },
          ]}
        />
      )}
    </section>
  )
}

const WARNS: Record<EventLine['clock'], string> = {
  not_needed: '',
  running: 'warns',
  in_time: '',
  late: 'fails',
  overdue: 'fails',
}

/** How the hours stand. */
export function Clock({ of }: { of: Pick<EventLine, 'clock' | 'due' | 'told_at'> }) {
  const w = useSpoken()
  return (
    <>
      <span className={`tag ${WARNS[of.clock]}`}>{w.t(`clock.${of.clock}`)}</span>
      {of.due && <span className="muted block small">{w.t('ex.due', { at: w.stamp(of.due) })}</span>}
      {of.told_at && <span className="muted block small">{w.t('ex.told_at', { at: w.stamp(of.told_at) })}</span>}
    </>
  )
}

/** The decision instrument as a form: four questions, each with what the answer rests on. */
export function AssessForm({
  area,
  subject,
  disease = 'ncov-2020',
  before,
  done,
}: {
  area: string
  subject: string
  disease?: string
  before?: Assessment
  done: () => void
}) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const by = useResource('external-instrument', external.instrument)
  const told = refusals(error)
  if (by.error) return <Failure error={by.error} retry={by.retry} told />
  if (!by.data) return <Loading />
  const instrument = by.data
  const needed = [{ required: true, message: w.t('is.needed') }]
  const written = [{ required: true, whitespace: true, message: w.t('is.needed') }]
  const submit = ({ judged, listed, ...rest }: Assessment) =>
    run(async () => {
      const answers = instrument.criteria.map(({ code }) => {
        const its = judged[code as Criterion]
        return { criterion: code as Criterion, met: Boolean(its?.met), why: its?.why ?? '' }
      })
      await external.assess({ ...rest, listed: listed ?? null, judged: answers, subject, area, disease })
      done()
    })
  return (
    <Form
      name="assess"
      layout="vertical"
      requiredMark={false}
      initialValues={before}
      onFinish={submit}
      aria-label={w.t('ex.assess')}
    >
      <div className="fields">
        <Form.Item name="title_zh" label={w.t('ex.title.zh')} rules={written} {...told('title_zh')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="title_en" label={w.t('ex.title.en')} rules={written} {...told('title_en')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="known_at" label={w.t('ex.known_at')} rules={needed} {...told('known_at')}>
          <TimeField />
        </Form.Item>
        <Form.Item name="listed" label={w.t('ex.listed')} {...told('listed')}>
          <Select
            allowClear
            placeholder={w.t('ex.listed.none')}
            options={instrument.listed.map((one) => ({ value: one.code, label: w.name(one) }))}
          />
        </Form.Item>
      </div>
      {instrument.criteria.map((one) => (
        <fieldset key={one.code}>
          <legend>{w.name(one)}</legend>
          <Form.Item name={['judged', one.code, 'met']} label={w.t('ex.met')} rules={needed}>
            <Radio.Group
              options={[
                { value: true, label: w.t('ex.yes') },
                { value: false, label: w.t('ex.no') },
              ]}
            />
          </Form.Item>
          <Form.Item name={['judged', one.code, 'why']} label={w.t('ex.why')} rules={written} {...told('judged')}>
            <Input.TextArea maxLength={2000} autoSize={{ minRows: 1 }} />
          </Form.Item>
        </fieldset>
      ))}
      <Rule of={instrument} />
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('ex.assess')}
      </Button>
    </Form>
  )
}

function Rule({ of }: { of: Instrument }) {
  const w = useSpoken()
  return (
    <p className="muted small">
      {w.t('ex.rule', { n: w.n(of.needed), hours: w.n(of.notify_h) })} {w.lang === 'zh' ? of.source_zh : of.source}
    </p>
  )
}
