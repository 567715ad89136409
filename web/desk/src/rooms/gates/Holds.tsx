import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Hold, holds } from '../../api/gates'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { useStaying } from '../../forms/staying'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

type Listing = Awaited<ReturnType<typeof holds.list>>

/** Who is held in place: the centre takes the notice up, a clinic takes the person over, somebody decides. */
export function Holds() {
  const w = useSpoken()
  const [filter, narrow] = useFilter()
  const asked = { area: filter.area, open: filter.all ? 'false' : 'true' }
  const found = useResource(`holds|${asked.area}|${asked.open}`, (signal) => holds.list(asked, signal), 'keep', [
    'gates',
  ])
  return (
    <>
      <search className="card bounds">
        <Checkbox checked={Boolean(filter.all)} onChange={(e) => narrow({ all: e.target.checked ? 'true' : null })}>
          {w.t('hold.open')}
        </Checkbox>
      </search>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && <Listed of={found.data} followed={found.followed} done={found.retry} />}
    </>
  )
}

function Listed({ of, followed, done }: { of: Listing; followed: boolean; done: () => void }) {
  const w = useSpoken()
  const { total } = of
  const rows = useStaying(of.holds, (one) => one.id, followed)
  if (!total && !rows.length) return <Empty title={w.t('hold.none.title')} text={w.t('hold.none.text')} />
  return (
    <section className="card" aria-label={w.t('gt.tab.holds')}>
      <p role="status" className="muted">
        {w.t('hold.sums', { n: w.n(total) })}
      </p>
      {rows.length > 0 && (
        <Grid
          label={w.t('gt.tab.holds')}
          rows={rows}
          keyOf={(one) => one.id}
          columns={[
            {
              key: 'who',
              title: w.t('gt.name'),
              head: true,
              cell: (one) => (
                <>
                  {w.t('hold.person', { id: one.id.slice(-6) })}
                  {one.post && (
                    <a className="block small" href={pathOf({ room: 'gate', id: one.post })}>
                      <AreaName code={one.area} />
                    </a>
                  )}
                </>
              ),
            },
            { key: 'since', title: w.t('hold.since'), cell: (one) => w.stamp(one.since) },
            { key: 'reason', title: w.t('hold.reason'), cell: (one) => <Reason of={one} /> },
            { key: 'state', title: w.t('hold.state'), cell: (one) => <Stage of={one} /> },
            { key: 'acts', title: w.t('gt.acts'), cell: (one) => <Acts of={one} done={done} /> },
          ]}
        />
      )}
    </section>
  )
}

function Reason({ of }: { of: Hold }) {
  const w = useSpoken()
  const told = [of.temp_c !== null && `${w.n(of.temp_c)}℃`, of.fever && w.t('hold.fever')].filter(Boolean)
  return (
    <>
      <span className="tag warns">{w.t(`hold.reason.${of.reason}`)}</span> {told.join(' · ')}
      {!of.declared && <span className="muted block small">{w.t('hold.undeclared')}</span>}
    </>
  )
}

function Stage({ of }: { of: Hold }) {
  const w = useSpoken()
  const stage = of.ended ? 'ended' : of.transferred ? 'transferred' : of.taken_up ? 'taken_up' : 'new'
  return (
    <>
      {w.t(`hold.state.${stage}`)}
      {of.outcome && <span className="muted block small">{w.t(`hold.outcome.${of.outcome}`)}</span>}
    </>
  )
}

/** What may be done next. The report of a case takes what the post has told with it. */
function Acts({ of, done }: { of: Hold; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [form, setForm] = useState<'transfer' | 'end' | null>(null)
  const [fact] = useState(newId)
  if (of.ended || !may('holds.decide')) return null
  const take = () =>
    run(async () => {
      await holds.act(of.id, 'take-up', { fact })
      done()
    })
  return (
    <>
      <div className="act-buttons">
        {!of.taken_up && (
          <Button size="small" type="primary" loading={busy} onClick={take}>
            {w.t('hold.act.take_up')}
          </Button>
        )}
        {!of.transferred && (
          <Button size="small" aria-expanded={form === 'transfer'} onClick={() => setForm('transfer')}>
            {w.t('hold.act.transfer')}
          </Button>
        )}
        {may('cases.report') && <a href={`#cases/new?hold=${of.id}`}>{w.t('hold.act.report')}</a>}
        <Button size="small" aria-expanded={form === 'end'} onClick={() => setForm('end')}>
          {w.t('hold.act.end')}
        </Button>
      </div>
      <Told error={error} />
      {form && <ActForm key={form} act={form} of={of} done={done} close={() => setForm(null)} />}
    </>
  )
}

interface FormProps {
  act: 'transfer' | 'end'
  of: Hold
  done: () => void
  close: () => void
}

function ActForm({ act, of, done, close }: FormProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('act.required') }]
  const submit = (values: Record<string, string>) =>
    run(async () => {
      const filled = Object.entries(values).filter(([, v]) => v)
      await holds.act(of.id, act, { ...Object.fromEntries(filled), fact })
      done()
    })
  return (
    <Form name={`hold_${act}_${of.id}`} layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      {act === 'transfer' && (
        <Form.Item name="to" label={w.t('hold.to')} rules={needed} {...told('to')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      )}
      {act === 'end' && (
        <>
          <Form.Item name="outcome" label={w.t('hold.outcome')} rules={needed} {...told('outcome')}>
            <Select
              options={(['reported', 'not_suspected', 'left'] as const).map((value) => ({
                value,
                label: w.t(`hold.outcome.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="case" label={w.t('hold.case')} {...told('case')}>
            <Input className="mono" maxLength={36} autoComplete="off" />
          </Form.Item>
        </>
      )}
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}
