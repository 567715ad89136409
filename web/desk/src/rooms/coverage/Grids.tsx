import { Button, Form, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useResource } from '../../api/resource'
import { type HouseholdsImported, type ScreeningGrid, screening, type Site, type SiteName } from '../../api/screening'
import { ActBar } from '../../forms/ActBar'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { SheetImport, wrongRows } from '../../forms/SheetImport'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Buttons, HandOver } from './GridActs'
import { nameOf } from './GridCard'
import { Holder } from './Holder'
import { HOUSEHOLDS } from './sheet'
import { Teams } from './Team'
import { useSpoken } from './words'

interface Props {
  area: string
  narrow: (part: Record<string, string | null>) => void
}

/** The grids of an area with who has each; drawn and given on here, and brought in from a table. */
export function Grids({ area, narrow }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const [said, setSaid] = useState('')
  const found = useResource(`grids|${area}`, (signal) => screening.grids({ area }, signal), 'keep', ['screening'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { grids, sites, names } = found.data
  const manages = may('screening.manage')
  return (
    <>
      <ActBar
        title={w.t('grids.acts')}
        acts={manages ? (['draw', 'all'] as const) : []}
        label={(act) => w.t(`grids.act.${act}`)}
        said={() => said}
        form={(act, finish, close) => {
          const done = (told: string) => {
            setSaid(told)
            finish()
            found.retry()
          }
          if (act === 'all') return <HandOver area={area} done={done} close={close} />
          return <Draw area={area} sites={sites} done={(grid) => narrow({ grid })} close={close} />
        }}
      />
      <section className="card" aria-labelledby="grids-title">
        <header>
          <h2 id="grids-title">{w.t('cov.grids')}</h2>
        </header>
        {grids.length === 0 && <p className="muted pad">{w.t('grids.none')}</p>}
        {grids.length > 0 && <Table grids={grids} sites={sites} names={names} narrow={narrow} changed={found.retry} />}
      </section>
      {manages && <Import done={found.retry} />}
    </>
  )
}

interface TableProps extends Pick<Props, 'narrow'> {
  grids: ScreeningGrid[]
  sites: SiteName[]
  names: Record<string, string>
  changed: () => void
}

function Table({ grids, sites, names, narrow, changed }: TableProps) {
  const w = useSpoken()
  const site = new Map(sites.map((one) => [one.code, w.name(one)]))
  return (
    <Grid
      label={w.t('cov.grids')}
      rows={grids}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'name',
          title: w.t('grids.name'),
          head: true,
          cell: (one) => (
            <Button type="link" size="small" onClick={() => narrow({ grid: one.id })}>
              {nameOf(one)}
            </Button>
          ),
        },
        { key: 'area', title: w.t('daily.unit'), cell: (one) => <AreaName code={one.area} /> },
        { key: 'site', title: w.t('grids.site'), cell: (one) => site.get(one.site) ?? one.site },
        { key: 'homes', title: w.t('cov.registered'), cell: (one) => w.n(one.households), className: 'number' },
        {
          key: 'holder',
          title: w.t('cov.holder'),
          cell: (one) => <Holder code={one.holder} names={names} />,
        },
        {
          key: 'teams',
          title: w.t('team.title'),
          cell: (one) => (one.teams.length ? <Teams of={one} done={changed} /> : null),
        },
      ]}
    />
  )
}

interface DrawProps {
  area: string
  sites: SiteName[]
  done: (grid: string) => void
  close: () => void
}

/** A grid of a community: known by its name there. */
function Draw({ area, sites, done, close }: DrawProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('round.required') }]
  const submit = (values: { community: string; name: string; site: Site }) =>
    run(async () => done((await screening.draw(values)).id))
  return (
    <Form
      name="grid"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ community: /^\d{12}$/.test(area) ? area : '', site: 'community' }}
    >
      <div className="fields">
        <Form.Item
          name="community"
          label={w.t('draw.community')}
          extra={w.t('draw.community.help')}
          rules={[...needed, { pattern: /^\d{12}$/, message: w.t('draw.community.wrong') }]}
          {...told('community')}
        >
          <Input inputMode="numeric" maxLength={12} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={w.t('draw.name')} rules={needed} {...told('name')}>
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
        <Form.Item name="site" label={w.t('grids.site')} {...told('site')}>
          <Select options={sites.map((one) => ({ value: one.code, label: w.name(one) }))} />
        </Form.Item>
      </div>
      <Told error={error} />
      <Buttons go={w.t('draw.go')} busy={busy} close={close} />
    </Form>
  )
}

const AT_ONCE = 1_000

/** Many households at once. */
function Import({ done }: { done: () => void }) {
  const w = useSpoken()
  const id = useId()
  const take = async (rows: Record<string, unknown>[]) => {
    let sum: HouseholdsImported = { grids: 0, added: 0, changed: 0, unchanged: 0, errors: [] }
    for (let from = 0; from < rows.length; from += AT_ONCE)
      sum = added(sum, await screening.take(rows.slice(from, from + AT_ONCE)), from)
    done()
    return sum
  }
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{w.t('import.title')}</h2>
      </header>
      <p className="muted">{w.t('import.text')}</p>
      <SheetImport
        of="households"
        columns={HOUSEHOLDS}
        take={take}
        said={(of) =>
          w.t('import.done', {
            g: w.n(of.grids),
            a: w.n(of.added),
            c: w.n(of.changed),
            u: w.n(of.unchanged),
            e: w.n(wrongRows(of.errors)),
          })
        }
      />
    </section>
  )
}

/** What became of a part of a list, with its rows counted from the beginning of the list. */
function added(sum: HouseholdsImported, part: HouseholdsImported, from: number): HouseholdsImported {
  const errors = part.errors.map((one) => ({ ...one, row: one.row === null ? null : one.row + from }))
  return {
    grids: sum.grids + part.grids,
    added: sum.added + part.added,
    changed: sum.changed + part.changed,
    unchanged: sum.unchanged + part.unchanged,
    errors: [...sum.errors, ...errors],
  }
}
