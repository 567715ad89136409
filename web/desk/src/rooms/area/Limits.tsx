import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useResource } from '../../api/resource'
import { type Graded, type Grades, type Limit, type Limits as All, warning } from '../../api/warning'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { DayField, dayRule } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure } from '../../parts/States'
import { Term } from '../../parts/Term'
import { useSession } from '../../session'
import { DISEASE } from './about'
import { useSpoken, type Words } from './words'

const MOST_LETTERS = 500
const NOW = { as_of: null, known_at: null }

/** Limits on entry to communities: who asked for them and why, whether they are in force, until when. */
export function Limits({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`limits|${area}`, (signal) => warning.limits(area, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return null
  const of = found.data
  return (
    <section className="card" aria-labelledby="limits">
      <h2 id="limits">
        <Term room="area" of="limit on entry">
          {w.t('li.title')}
        </Term>
      </h2>
      <p className="muted small">
        {w.t('li.rule', {
          days: w.n(of.most_days),
          needs: w.name(of.needs),
          never: of.never.map(w.name).join(w.t('list.comma')),
        })}
      </p>
      {!of.limits.length && <p className="muted">{w.t('li.none')}</p>}
      {of.limits.length > 0 && (
        <Grid
          label={w.t('li.title')}
          rows={of.limits}
          keyOf={(one) => one.id}
          columns={[
            { key: 'area', title: w.t('cl.area'), head: true, cell: (one) => <AreaName code={one.area} /> },
            {
              key: 'state',
              title: w.t('li.state'),
              cell: (one) => <State of={one} changed={found.retry} />,
            },
            { key: 'until', title: w.t('li.until'), cell: (one) => w.day(one.until) },
            { key: 'why', title: w.t('li.why'), cell: (one) => said(one, w) },
          ]}
        />
      )}
      {may('limits.order') && <Order of={of} done={found.retry} />}
    </section>
  )
}

function said(of: Limit, w: Words) {
  const each = [of.ordered, of.decided, of.lifted].filter((one) => one !== null)
  return (
    <ul className="in-short">
      {each.map((one) => (
        <li key={one.at}>
          {w.t('li.said', { role: w.name({ zh: one.role_zh, en: one.role_en }), at: w.stamp(one.at) })} {one.reason}
        </li>
      ))}
    </ul>
  )
}

/** Where a limit stands, and what may be done about it. */
function State({ of, changed }: { of: Limit; changed: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const [acting, setActing] = useState<'approve' | 'refuse' | 'lift' | null>(null)
  const { busy, error, run } = useAct()
  const acts = [
    ...(of.state === 'asked' && may('limits.approve') ? (['approve', 'refuse'] as const) : []),
    ...((of.state === 'asked' || of.state === 'in_force') && may('limits.order') ? (['lift'] as const) : []),
  ]
  const send = ({ reason }: { reason: string }) =>
    run(async () => {
      if (acting === 'lift') await warning.lift(of.id, reason)
      else await warning.decideLimit(of.id, acting === 'approve', reason)
      setActing(null)
      changed()
    })
  return (
    <>
      <span className="tag">{w.name({ zh: of.state_zh, en: of.state_en })}</span>
      <div className="actions">
        {acts.map((act) => (
          <Button key={act} size="small" aria-expanded={acting === act} onClick={() => setActing(act)}>
            {w.t(`li.${act}`)}
          </Button>
        ))}
      </div>
      {acting && (
        <Form layout="vertical" size="small" onFinish={send} aria-label={w.t(`li.${acting}`)}>
          <Reason name="reason" />
          <Told error={error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('li.record')}
          </Button>
        </Form>
      )}
    </>
  )
}

export function Reason({ name }: { name: 'reason' | 'necessity' }) {
  const w = useSpoken()
  const needed = w.t(`li.${name}.needed`)
  return (
    <Form.Item name={name} label={w.t(`li.${name}`)} rules={[{ required: true, whitespace: true, message: needed }]}>
      <Input.TextArea rows={2} maxLength={MOST_LETTERS} />
    </Form.Item>
  )
}

interface Ordered {
  area: string
  until: string
  necessity: string
}

/** Asks for a limit on one of the communities in which entry can be limited. */
function Order({ of, done }: { of: All; done: () => void }) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  const { busy, error, run } = useAct()
  const found = useResource(open ? `communities|${of.area}` : null, (signal) =>
    warning.grades('communities', of.area, DISEASE, '', NOW, signal),
  )
  const send = (body: Ordered) =>
    run(async () => {
      await warning.limit({ ...body, disease: DISEASE })
      setOpen(false)
      done()
    })
  const until = w.t('li.until.needed', { last: of.last_day })
  return (
    <div className="decide">
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {w.t('li.order')}
      </Button>
      {open && (
        <Form layout="vertical" size="small" onFinish={send} aria-label={w.t('li.order')}>
          <Form.Item
            name="area"
            label={w.t('li.community')}
            rules={[{ required: true, message: w.t('li.community.needed') }]}
          >
            <Select
              loading={found.loading}
              popupMatchSelectWidth={false}
              notFoundContent={found.data ? w.t('li.community.none') : null}
              options={found.data ? limitable(found.data, of, w) : []}
            />
          </Form.Item>
          <Reason name="necessity" />
          <Form.Item name="until" label={w.t('li.until')} rules={[{ required: true, message: until }, dayRule(until)]}>
            <DayField placeholder={of.last_day} />
          </Form.Item>
          <Told error={found.error ?? error} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('li.order')}
          </Button>
        </Form>
      )}
    </div>
  )
}

/** The communities of an area that are not of a class under which nobody can limit entry, by name and class. */
function limitable({ areas, levels }: Grades, { never }: All, w: Words) {
  const counted = (one: Graded) => one.decision?.to ?? one.level
  return areas
    .filter((one) => !never.some(({ code }) => code === counted(one)))
    .map((one) => {
      const its = levels.find(({ code }) => code === counted(one))
      const label = (
        <>
          <AreaName code={one.area} /> <span className="muted">{its ? w.name(its) : w.t('cl.unknown')}</span>
        </>
      )
      return { value: one.area, label }
    })
}
