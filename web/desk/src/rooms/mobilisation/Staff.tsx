import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { mobilisation, type Paged, type Staff as Found } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { usePages } from '../../forms/pages'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Act, More, Small, Undo } from './parts'
import { choices, daysOf, LIVE, type OfArea, wordOf } from './terms'
import { useSpoken } from './words'

/** How much there is to do for each worker, who is lent by which unit, and what those on duty ask for. */
export function Staff({ area, terms }: OfArea) {
  const found = useResource(`staff|${area}`, (signal) => mobilisation.staff(area, 0, signal), 'keep', LIVE)
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return <Pages key={area} first={found.data} area={area} terms={terms} done={found.retry} />
}

/** The three lists come by the page together: one button asks for more of each that has more. */
function Pages({ first, area, terms, done }: OfArea & { first: Paged<Found>; done: () => void }) {
  const { pages, ...next } = usePages(
    first,
    (page) => page.next,
    (after) => mobilisation.staff(area, Number(after)),
  )
  const of = {
    ...first,
    secondments: pages.flatMap((page) => page.secondments),
    workloads: pages.flatMap((page) => page.workloads),
    care: pages.flatMap((page) => page.care),
  }
  const props = { area, terms, of, done }
  return (
    <>
      <Workloads {...props} />
      <Lent {...props} />
      <Care {...props} />
      <More {...next} />
    </>
  )
}

interface Props extends OfArea {
  of: Found
  done: () => void
}

function Workloads({ area, terms, of, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <section className="card" aria-labelledby="load-title">
      <h2 id="load-title">{w.t('load.title', { n: w.n(terms.households_per_worker) })}</h2>
      {!of.workloads.length && <p className="null">{w.t('load.none')}</p>}
      {of.workloads.length > 0 && (
        <LongGrid
          label={w.t('load.label')}
          total={of.stated}
          more={null}
          onward={false}
          busy={false}
          rows={of.workloads}
          keyOf={(one) => one.area}
          columns={[
            { key: 'area', title: w.t('mob.area'), head: true, cell: (one) => <AreaName code={one.area} /> },
            { key: 'households', title: w.t('load.households'), cell: (one) => w.n(one.households) },
            {
              key: 'workers',
              title: w.t('load.workers'),
              cell: (one) => w.t('load.both', { own: w.n(one.workers), lent: w.n(one.seconded) }),
            },
            {
              key: 'ratio',
              title: w.t('load.ratio'),
              cell: (one) => (
                <span className={`tag ${one.red ? 'fails' : 'active'}`}>
                  {one.ratio === null ? w.t('load.nobody') : w.n(Math.round(one.ratio))}
                </span>
              ),
            },
            {
              key: 'missing',
              title: w.t('load.proposed'),
              cell: (one) =>
                one.missing > 0 && (
                  <>
                    {w.t('load.missing', { n: w.n(one.missing) })}{' '}
                    {may('calls.place') && (
                      <a href={`#mobilisation?show=calls&area=${one.area}&heads=${one.missing}`}>{w.t('load.call')}</a>
                    )}
                  </>
                ),
            },
          ]}
        />
      )}
      {may('teams.manage') && (
        <Small
          name="workload"
          title={w.t('load.state')}
          send={(values) => mobilisation.workload({ ...(values as { households: number; workers: number }), area })}
          done={done}
          fields={[
            ['households', w.t('load.households'), <InputNumber key="h" min={0} max={10000000} precision={0} />],
            ['workers', w.t('load.own'), <InputNumber key="w" min={0} max={100000} precision={0} />],
          ]}
        />
      )}
    </section>
  )
}

function Lent({ area, terms, of, done }: Props) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const today = now === null ? '' : civilDay(now)
  const [id, setId] = useState(newId)
  return (
    <section className="card" aria-labelledby="lent-title">
      <h2 id="lent-title">{w.t('lent.title', { n: w.n(of.seconded) })}</h2>
      {!of.secondments.length && <p className="null">{w.t('lent.none')}</p>}
      {of.by_unit.length > 0 && (
        <ul className="units">
          {of.by_unit.map((one) => (
            <li key={one.unit}>{w.t('lent.unit', { unit: one.unit, n: w.n(one.heads) })}</li>
          ))}
        </ul>
      )}
      {of.secondments.length > 0 && (
        <LongGrid
          label={w.t('lent.label')}
          total={of.lent}
          more={null}
          onward={false}
          busy={false}
          rows={of.secondments}
          keyOf={(one) => one.id}
          columns={[
            { key: 'unit', title: w.t('lent.from'), head: true, cell: (one) => one.unit },
            { key: 'area', title: w.t('lent.to'), cell: (one) => <AreaName code={one.area} /> },
            { key: 'duty', title: w.t('rota.duty'), cell: (one) => w.name(wordOf(terms.needs, one.duty)) },
            { key: 'heads', title: w.t('call.heads'), cell: (one) => w.n(one.heads) },
            { key: 'days', title: w.t('lent.days'), cell: (one) => daysOf(w, one.first, one.last) },
            {
              key: 'acts',
              title: '',
              className: 'acts',
              cell: (one) =>
                may('teams.manage') && (
                  <>
                    {!one.last && today >= one.first && (
                      <Act title={w.t('lent.end')} act={() => mobilisation.endSecondment(one.id, today)} done={done} />
                    )}
                    <Undo of={one} take={mobilisation.takeBackSecondment} done={done} />
                  </>
                ),
            },
          ]}
        />
      )}
      {may('teams.manage') && today && (
        <Small
          name="secondment"
          title={w.t('lent.new')}
          initial={{ first: today }}
          send={async (values) => {
            const told = values as { unit: string; duty: string; heads: number; first: string }
            await mobilisation.second({ ...told, id, area })
            setId(newId())
          }}
          done={done}
          fields={[
            ['unit', w.t('lent.from'), <Input key="u" maxLength={60} autoComplete="off" />],
            ['duty', w.t('rota.duty'), <Select key="d" options={choices(terms.needs, w.name)} />],
            ['heads', w.t('call.heads'), <InputNumber key="n" min={1} max={100000} precision={0} />],
            ['first', w.t('lent.first'), <Input key="f" type="date" />],
          ]}
        />
      )}
    </section>
  )
}

function Care({ area, terms, of, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const [id, setId] = useState(newId)
  return (
    <section className="card" aria-labelledby="care-title">
      <h2 id="care-title">{w.t('care.title')}</h2>
      {!of.care.length && <p className="null">{w.t('care.none')}</p>}
      {of.care.length > 0 && (
        <LongGrid
          label={w.t('care.title')}
          total={of.asked}
          more={null}
          onward={false}
          busy={false}
          rows={of.care}
          keyOf={(one) => one.id}
          columns={[
            {
              key: 'what',
              title: w.t('care.what'),
              head: true,
              cell: (one) => w.name(wordOf(terms.care, one.category)),
            },
            { key: 'area', title: w.t('mob.area'), cell: (one) => <AreaName code={one.area} /> },
            { key: 'heads', title: w.t('call.heads'), cell: (one) => w.n(one.heads) },
            { key: 'asked', title: w.t('care.asked'), cell: (one) => w.stamp(one.asked) },
            {
              key: 'state',
              title: w.t('care.state'),
              cell: (one) =>
                one.met ? (
                  <span className="tag active">{w.name(wordOf(terms.cared, one.outcome))}</span>
                ) : (
                  <Settle of={one.id} terms={terms} done={done} />
                ),
            },
          ]}
        />
      )}
      {may('teams.manage') && (
        <Small
          name="care"
          title={w.t('care.new')}
          initial={{ heads: 1 }}
          send={async (values) => {
            await mobilisation.askCare({ ...(values as { category: string; heads: number }), urgent: false, id, area })
            setId(newId())
          }}
          done={done}
          fields={[
            ['category', w.t('care.what'), <Select key="c" options={choices(terms.care, w.name)} />],
            ['heads', w.t('call.heads'), <InputNumber key="n" min={1} max={100000} precision={0} />],
          ]}
        />
      )}
    </section>
  )
}

function Settle({ of, terms, done }: { of: string; terms: OfArea['terms']; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { error, run } = useAct()
  if (!may('teams.manage')) return <span className="tag warns">{w.t('care.open')}</span>
  return (
    <>
      <Select
        size="small"
        value={null}
        aria-label={w.t('care.settle')}
        placeholder={w.t('care.settle')}
        popupMatchSelectWidth={false}
        onChange={(outcome: string | null) => outcome && run(() => mobilisation.meetCare(of, outcome).then(done))}
        options={choices(terms.cared, w.name)}
      />
      <Told error={error} />
    </>
  )
}
