import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { issues } from '../../api/issues'
import { newId } from '../../api/once'
import { type BriefingLine, press } from '../../api/press'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName, useAreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSpoken } from './words'

const LINES = [0, 1, 2] as const
const LONGEST = 300

export interface Pack {
  notice: string
  held_at: string
  summary_zh: string[]
  summary_en: string[]
}

/** Press conferences: prepared from issued notices, held, archived. */
export function Briefings({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`briefings|${area}`, (signal) => press.briefings(area, signal), 'keep', ['bulletins'])
  const [subject] = useState(newId)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const open = () => {
    location.hash = `#issues?show=briefings&one=${subject}`
  }
  return (
    <section className="card" aria-labelledby="briefings-title">
      <h2 id="briefings-title">{w.t('is.tab.briefings')}</h2>
      <details className="opens">
        <summary>{w.t('br.new')}</summary>
        <PackForm area={area} subject={subject} done={open} />
      </details>
      {found.data.length === 0 ? (
        <Empty title={w.t('br.none')} text={w.t('br.none.text')} />
      ) : (
        <Grid
          label={w.t('is.tab.briefings')}
          rows={found.data}
          keyOf={(one: BriefingLine) => one.subject}
          columns={[
            {
              key: 'at',
              title: w.t('br.held_at'),
              head: true,
              cell: (one: BriefingLine) => (
                <a href={`#issues?show=briefings&one=${one.subject}`}>
                  <AreaName code={one.area} /> {w.stamp(one.held_at)}
                </a>
              ),
            },
            {
              key: 'state',
              title: w.t('is.stage'),
              cell: (one: BriefingLine) => (
                <span className="tag">{w.t(one.held ? 'br.state.held' : 'br.state.planned')}</span>
              ),
            },
            {
              key: 'answered',
              title: w.t('br.answered'),
              className: 'number',
              cell: (one: BriefingLine) => w.t('br.of', { n: w.n(one.answered), of: w.n(one.questions) }),
            },
          ]}
        />
      )}
    </section>
  )
}

/** The pack of a conference: which notice it stands on, when it is held, and the work in three lines, as the registers
 * propose them and whoever prepares it writes them. */
export function PackForm({
  area,
  subject,
  pack,
  done,
}: {
  area: string
  subject: string
  pack?: Pack
  done: () => void
}) {
  const w = useSpoken()
  const [form] = Form.useForm<Pack>()
  const { busy, error, run } = useAct()
  const issued = useResource(`issued|${area}`, (signal) => issues.list(area, true, '', signal), 'keep', ['bulletins'])
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('is.needed') }]
  const written = [{ required: true, whitespace: true, message: w.t('is.needed') }]
  const propose = (notice: string) =>
    run(async () => {
      const { zh, en } = await press.lines(notice)
      form.setFieldsValue({ summary_zh: zh, summary_en: en })
    })
  const submit = (fields: Pack) =>
    run(async () => {
      await press.prepare({ ...fields, subject })
      done()
    })
  const inForce = (issued.data ?? []).filter((one) => one.stage === 'issued')
  return (
    <Form form={form} name="pack" layout="vertical" requiredMark={false} initialValues={pack} onFinish={submit}>
      <div className="fields">
        <Form.Item name="notice" label={w.t('br.notice')} rules={needed} {...told('notice')}>
          <Select
            loading={issued.loading}
            notFoundContent={w.t('br.notice.none')}
            options={inForce.map((one) => ({
              value: one.draft,
              label: <Named area={one.area} as_of={one.as_of} />,
            }))}
            onChange={propose}
          />
        </Form.Item>
        <Form.Item name="held_at" label={w.t('br.held_at')} rules={needed} {...told('held_at')}>
          <TimeField />
        </Form.Item>
      </div>
      {(['zh', 'en'] as const).map((lang) => (
        <fieldset key={lang}>
          <legend>{w.t(`br.summary.${lang}`)}</legend>
          {LINES.map((n) => (
            <Form.Item
              key={n}
              name={[`summary_${lang}`, n]}
              label={w.t(`br.line.${n}`)}
              rules={written}
              {...told(`summary_${lang}`)}
            >
              <Input maxLength={LONGEST} />
            </Form.Item>
          ))}
        </fieldset>
      ))}
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('br.prepare')}
      </Button>
    </Form>
  )
}

function Named({ area, as_of }: { area: string; as_of: string }) {
  const w = useSpoken()
  return (
    <>
      {useAreaName(area)} {w.moment(as_of)}
    </>
  )
}
