import { Button, Form, Input, Select } from 'antd'
import { issues } from '../../api/issues'
import { type Event as Card, external, type Instrument, type Notification } from '../../api/press'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { type Assessment, AssessForm, Clock } from './External'
import { Papers } from './Papers'
import { useSpoken } from './words'

/** An event: how it was assessed, who outside was told, and who has confirmed. */
export function Event({ id }: { id: string }) {
  const w = useSpoken()
  const found = useResource(`external|${id}`, (signal) => external.event(id, signal), 'keep', ['bulletins'])
  const by = useResource('external-instrument', external.instrument)
  const error = found.error ?? by.error
  if (error) return <Failure error={error} retry={found.error ? found.retry : by.retry} told />
  if (!found.data || !by.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <p>
          <a href={`#issues?show=external&area=${encodeURIComponent(card.area)}`}>{w.t('ex.back')}</a>
        </p>
        <h2>{w.lang === 'zh' ? card.title_zh : card.title_en}</h2>
        <p className="muted">
          <AreaName code={card.area} />
        </p>
        <div>
          <Clock of={card} />
        </div>
      </div>
      <div className="workshop">
        <div>
          <Assessed of={card} by={by.data} done={found.retry} />
          <Recipients of={card} by={by.data} done={found.retry} />
        </div>
        <div>
          <Notify of={card} by={by.data} done={found.retry} />
          <Papers name={`external-${card.area}`} file={(format, lang) => external.file(id, format, lang)} />
        </div>
      </div>
    </>
  )
}

function Assessed({ of, by, done }: { of: Card; by: Instrument; done: () => void }) {
  const w = useSpoken()
  const last = of.assessments.at(-1)
  if (!last) return null
  const asked = new Map(by.criteria.map((one) => [one.code, w.name(one)]))
  const before: Assessment = {
    title_zh: of.title_zh,
    title_en: of.title_en,
    known_at: of.known_at,
    listed: last.listed,
    judged: Object.fromEntries(last.judged.map(({ criterion, met, why }) => [criterion, { met, why }])),
  }
  return (
    <section className="card" aria-label={w.t('ex.assessment')}>
      <h2>{w.t('ex.assessment')}</h2>
      <p>
        <strong>{w.t(last.told ? 'ex.must' : 'ex.need_not')}</strong>
      </p>
      <p className="muted small">
        {w.t('ex.assessed', { at: w.stamp(last.at), known: w.stamp(of.known_at) })}
        {!of.assessed_in_time && ` ${w.t('ex.assessed.late', { hours: w.n(by.assess_h) })}`}
        {of.assessments.length > 1 && ` ${w.t('ex.earlier', { n: w.n(of.assessments.length - 1) })}`}
      </p>
      <Grid
        label={w.t('ex.assessment')}
        rows={last.judged}
        keyOf={(one) => one.criterion}
        columns={[
          { key: 'criterion', title: w.t('ex.criterion'), head: true, cell: (one) => asked.get(one.criterion) },
          { key: 'met', title: w.t('ex.met'), cell: (one) => w.t(one.met ? 'ex.yes' : 'ex.no') },
          { key: 'why', title: w.t('ex.why'), cell: (one) => one.why },
        ]}
      />
      <details className="opens">
        <summary>{w.t('ex.anew')}</summary>
        <AssessForm area={of.area} subject={of.subject} disease={of.disease} before={before} done={done} />
      </details>
      {last.own && of.assessments.length > 1 && (
        <Undo label={w.t('is.take_back')} take={() => external.takeBack(of.subject, last.fact)} done={done} />
      )}
    </section>
  )
}

function Recipients({ of, by, done }: { of: Card; by: Instrument; done: () => void }) {
  const w = useSpoken()
  const who = new Map(by.recipients.map((one) => [one.code, w.name(one)]))
  const ways = new Map(by.channels.map((one) => [one.code, w.name(one)]))
  return (
    <section className="card" aria-label={w.t('ex.told')}>
      <h2>{w.t('ex.told')}</h2>
      {of.notifications.length === 0 ? (
        <Empty title={w.t('ex.told.none')} text={w.t('ex.told.none.text')} />
      ) : (
        <Grid
          label={w.t('ex.told')}
          rows={of.notifications}
          keyOf={(one: Notification) => one.fact}
          columns={[
            {
              key: 'to',
              title: w.t('ex.to'),
              head: true,
              cell: (one: Notification) => [who.get(one.to) ?? one.to, one.named].filter(Boolean).join(w.t('ex.colon')),
            },
            {
              key: 'at',
              title: w.t('ex.at'),
              cell: (one: Notification) => (
                <>
                  {w.stamp(one.at)}
                  <span className="muted block small">
                    {[ways.get(one.channel) ?? one.channel, one.reference].filter(Boolean).join(' ')}
                  </span>
                </>
              ),
            },
            {
              key: 'notice',
              title: w.t('br.notice'),
              cell: (one: Notification) => <a href={`#issues/${one.notice}`}>{w.t('is.notice')}</a>,
            },
            {
              key: 'confirmed',
              title: w.t('ex.confirmed'),
              cell: (one: Notification) => <Confirmed event={of.subject} of={one} done={done} />,
            },
          ]}
        />
      )}
    </section>
  )
}

function Confirmed({ event, of, done }: { event: string; of: Notification; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  if (of.acknowledged_at) return <>{[w.stamp(of.acknowledged_at), of.acknowledged_reference].join(' ')}</>
  return (
    <>
      <div className="actions wrap">
        <Button
          size="small"
          loading={busy}
          onClick={() => run(() => external.acknowledge(event, { notification: of.fact, reference: '' }).then(done))}
        >
          {w.t('ex.confirm')}
        </Button>
        {of.own && <Undo label={w.t('is.take_back')} take={() => external.takeBack(event, of.fact)} done={done} />}
      </div>
      <Told error={error} />
    </>
  )
}

interface Fields {
  to: string
  named?: string
  channel: string
  notice: string
  reference?: string
  words_zh?: string
  words_en?: string
}

/** Records who was told; the figures are those of an issued notice. */
function Notify({ of, by, done }: { of: Card; by: Instrument; done: () => void }) {
  const w = useSpoken()
  const [form] = Form.useForm<Fields>()
  const { busy, error, run } = useAct()
  const issued = useResource(`issued|${of.area}`, (signal) => issues.list(of.area, true, '', signal), 'keep')
  const to = Form.useWatch('to', form)
  const named = by.recipients.find((one) => one.code === to)?.named
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('is.needed') }]
  const submit = (fields: Fields) =>
    run(async () => {
      const { named: which = '', reference = '', words_zh = '', words_en = '', ...rest } = fields
      await external.notify(of.subject, { ...rest, named: which, reference, words_zh, words_en })
      form.resetFields()
      done()
    })
  const its = (issued.data ?? []).filter((one) => one.stage === 'issued' && one.disease === of.disease)
  return (
    <section className="card" aria-label={w.t('ex.notify')}>
      <h2>{w.t('ex.notify')}</h2>
      <p className="muted small">{w.t('ex.notify.text')}</p>
      <Form form={form} name="notify" layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="to" label={w.t('ex.to')} rules={needed} {...told('to')}>
          <Select options={by.recipients.map((one) => ({ value: one.code, label: w.name(one) }))} />
        </Form.Item>
        {named && (
          <Form.Item name="named" label={w.t('ex.named')} rules={needed} {...told('named')}>
            <Input maxLength={120} />
          </Form.Item>
        )}
        <Form.Item name="notice" label={w.t('br.notice')} rules={needed} {...told('notice')}>
          <Select
            loading={issued.loading}
            notFoundContent={w.t('br.notice.none')}
            options={its.map((one) => ({
              value: one.draft,
              label: `${w.moment(one.as_of)} ${w.t('is.number', { n: w.n(one.number ?? 1) })}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="channel" label={w.t('ex.channel')} rules={needed} {...told('channel')}>
          <Select options={by.channels.map((one) => ({ value: one.code, label: w.name(one) }))} />
        </Form.Item>
        <Form.Item name="reference" label={w.t('ex.reference')} {...told('reference')}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="words_zh" label={w.t('ex.words.zh')} {...told('words_zh')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name="words_en" label={w.t('ex.words.en')} {...told('words_en')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('ex.notify')}
        </Button>
      </Form>
    </section>
  )
}
