import { Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { type SiteDraw, sampling } from '../../api/oversight'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { DayField, dayRule } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSpoken } from './words'

/** The places of the day, drawn by lot, and how they were inspected. */
export function Sites({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`site-draws|${area}`, (signal) => sampling.sites(area, signal), 'keep', [
    'oversight',
    'gates',
  ])
  return (
    <>
      <Draw area={area} done={found.retry} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && !found.error && <Loading />}
      {found.data?.length === 0 && <p className="card muted">{w.t('in.sites.none')}</p>}
      {found.data?.map((one) => (
        <Drawn key={one.id} of={one} />
      ))}
    </>
  )
}

function Draw({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, renew] = useState(newId)
  const now = useNow()
  const told = refusals(error)
  const needed = { required: true, message: w.t('in.required') }
  const submit = ({ n, day }: { n: number; day: string }) =>
    run(async () => {
      await sampling.drawSites({ id, area, n, day })
      renew(newId())
      done()
    })
  if (now === null) return null
  return (
    <section className="card" aria-label={w.t('in.sites.new')}>
      <h2>{w.t('in.sites.new')}</h2>
      <Form
        name="sites"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ n: 3, day: civilDay(now) }}
      >
        <div className="fields">
          <Form.Item name="n" label={w.t('in.n')} rules={[needed]} {...told('n')}>
            <InputNumber min={1} max={200} precision={0} />
          </Form.Item>
          <Form.Item name="day" label={w.t('in.day')} rules={[needed, dayRule(w.t('in.required'))]} {...told('day')}>
            <DayField />
          </Form.Item>
        </div>
        <Told error={error} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('in.draw')}
        </Button>
      </Form>
    </section>
  )
}

function Drawn({ of }: { of: SiteDraw }) {
  const w = useSpoken()
  const share = w.percent(of.probability)
  const title = w.t('in.sites.of', { day: w.day(of.day), n: w.n(of.n), frame: w.n(of.frame), share })
  const sites = of.sites ?? []
  const on = sites.filter((one) => one.on_site).length
  const phone = sites.filter((one) => one.on_site === false).length
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {!of.sites && <p role="status">{w.t('in.sites.hidden')}</p>}
      {of.sites && (
        <>
          <p>
            {w.t('in.sums', {
              n: w.n(sites.length),
              site: w.n(on),
              phone: w.n(phone),
              open: w.n(sites.length - on - phone),
            })}
          </p>
          <Grid
            label={title}
            rows={sites}
            keyOf={(one) => one.post}
            columns={[
              {
                key: 'site',
                title: w.t('in.site'),
                head: true,
                cell: (one) => <a href={pathOf({ room: 'gate', id: one.post })}>{one.name || one.post.slice(-6)}</a>,
              },
              { key: 'area', title: w.t('in.area'), cell: (one) => <AreaName code={one.area} /> },
              { key: 'state', title: w.t('in.site.state'), cell: (one) => <Inspected of={one} /> },
            ]}
          />
          <p className="muted small mono">{w.t('in.seed', { seq: w.n(of.seq), seed: of.seed ?? '' })}</p>
        </>
      )}
    </section>
  )
}

function Inspected({ of }: { of: NonNullable<SiteDraw['sites']>[number] }) {
  const w = useSpoken()
  if (!of.inspection)
    return (
      <a className="tag warns" href="#gates?show=inspections">
        {w.t('in.site.open')}
      </a>
    )
  return (
    <span className={`tag ${of.on_site ? 'active' : ''}`}>{w.t(of.on_site ? 'in.site.on_site' : 'in.site.phone')}</span>
  )
}
