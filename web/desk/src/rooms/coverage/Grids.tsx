import { Button, Form, Input } from 'antd'
import { useId, useState } from 'react'
import { useResource } from '../../api/resource'
import { type HouseholdsImported, type ScreeningGrid, screening } from '../../api/screening'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { SheetImport, wrongRows } from '../../forms/SheetImport'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { HOUSEHOLDS } from './sheet'
import { Attach, Teams } from './Team'
import { useSpoken } from './words'
import { AreaName } from '../../forms/AreaName'

/** The grids of an area with who has each; given out here, and brought in from a table. */
export function Grids({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`grids|${area}`, (signal) => screening.grids({ area }, signal), 'keep')
  const [chosen, setChosen] = useState<{ act: 'assign' | 'team'; grid: ScreeningGrid } | null>(null)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { grids } = found.data
  const site = new Map(found.data.sites.map((one) => [one.code, w.name(one)]))
  const manages = may('screening.manage')
  const close = () => setChosen(null)
  const changed = () => {
    close()
    found.retry()
  }
  return (
    <>
      <section className="card" aria-labelledby="grids-title">
        <header>
          <h2 id="grids-title">{w.t('cov.grids')}</h2>
        </header>
        {chosen?.act === 'assign' && <Assign grid={chosen.grid.id} close={close} done={changed} />}
        {chosen?.act === 'team' && <Attach grid={chosen.grid} close={close} done={changed} />}
        {grids.length === 0 && <p className="muted pad">{w.t('grids.none')}</p>}
        {grids.length > 0 && (
          <Grid
            label={w.t('cov.grids')}
            rows={grids}
            keyOf={(one) => one.id}
            columns={[
              { key: 'name', title: w.t('grids.name'), head: true, cell: (one) => one.name || one.id.slice(-6) },
              { key: 'area', title: w.t('daily.unit'), cell: (one) => <AreaName code={one.area} /> },
              { key: 'site', title: w.t('grids.site'), cell: (one) => site.get(one.site) ?? one.site },
              { key: 'homes', title: w.t('cov.registered'), cell: (one) => w.n(one.households), className: 'number' },
              {
                key: 'holder',
                title: w.t('cov.holder'),
                cell: (one) => one.holder || <span className="tag fails">{w.t('cov.nobody')}</span>,
              },
              { key: 'teams', title: w.t('team.title'), cell: (one) => <Teams of={one} done={found.retry} /> },
              {
                key: 'act',
                title: '',
                cell: (one) =>
                  manages ? (
                    <span className="act-buttons">
                      <Button size="small" onClick={() => setChosen({ act: 'assign', grid: one })}>
                        {w.t('grids.assign')}
                      </Button>
                      <Button size="small" onClick={() => setChosen({ act: 'team', grid: one })}>
                        {w.t('team.add')}
                      </Button>
                    </span>
                  ) : null,
              },
            ]}
          />
        )}
      </section>
      {manages && <Import done={found.retry} />}
    </>
  )
}

function Assign({ grid, done, close }: { grid: string; done: () => void; close: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const submit = ({ to }: { to: string }) =>
    run(async () => {
      await screening.assign([grid], to)
      done()
    })
  return (
    <Form key={grid} name="assign" layout="vertical" className="sub-form" requiredMark={false} onFinish={submit}>
      <Form.Item
        name="to"
        label={w.t('grids.to')}
        extra={w.t('grids.to.help')}
        rules={[{ required: true, message: w.t('round.required') }]}
        {...told('to')}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('grids.assign')}
        </Button>
        <Button onClick={close}>{w.t('round.cancel')}</Button>
      </div>
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
