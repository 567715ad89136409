import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type Journey, mobilisation, type Paged, type Relief as Found } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { DayField } from '../../forms/DayField'
import { LongGrid } from '../../forms/LongGrid'
import { useNow } from '../../forms/now'
import { usePages } from '../../forms/pages'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Act, Small, Undo } from './parts'
import { daysOf, LIVE, type OfArea } from './terms'
import { useSpoken } from './words'

const COUNTRY = '100000'

/** Teams that help elsewhere: who is away, how they are day by day, who is back and observed. */
export function Relief({ area, terms }: OfArea) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`relief|${area}`, (signal) => mobilisation.relief(area, 0, signal), 'keep', LIVE)
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <>
      {!found.data.total && <Empty title={w.t('relief.none.title')} text={w.t('relief.none.text')} />}
      {found.data.total > 0 && <Listed first={found.data} area={area} terms={terms} done={found.retry} />}
      {may('teams.manage') && <Send area={area} done={found.retry} />}
    </>
  )
}

function Listed({ first, area, done }: OfArea & { first: Paged<Found>; done: () => void }) {
  const w = useSpoken()
  const { pages, more, busy, error } = usePages(
    first,
    (page) => page.next,
    (after) => mobilisation.relief(area, Number(after)),
  )
  const days = (one: Journey) => (
    <>
      {daysOf(w, one.first, one.last)}
      {!one.last && one.until && (
        <span className="muted block small">{w.t('relief.planned', { day: w.day(one.until) })}</span>
      )}
    </>
  )
  return (
    <section className="card" aria-labelledby="relief-title">
      <h2 id="relief-title">{w.t('relief.away', { n: w.n(first.away) })}</h2>
      <LongGrid
        label={w.t('mob.tab.relief')}
        rows={pages.flatMap((page) => page.journeys)}
        keyOf={(one) => one.id}
        total={first.total}
        more={more}
        onward={false}
        busy={busy}
        columns={[
          {
            key: 'team',
            title: w.t('team.name'),
            head: true,
            cell: (one) => (w.lang === 'en' && one.en ? one.en : one.zh),
          },
          { key: 'to', title: w.t('relief.to'), cell: (one) => <AreaName code={one.to} /> },
          {
            key: 'heads',
            title: w.t('call.heads'),
            cell: (one) => (one.last ? w.t('relief.back', { n: w.n(one.back), of: w.n(one.heads) }) : w.n(one.heads)),
          },
          { key: 'days', title: w.t('lent.days'), cell: days },
          { key: 'health', title: w.t('relief.health'), cell: (one) => <Health of={one} /> },
          { key: 'after', title: w.t('relief.after'), cell: (one) => <After of={one} done={done} /> },
          { key: 'acts', title: '', className: 'acts', cell: (one) => <Acts of={one} done={done} /> },
        ]}
      />
      <Told error={error} />
    </section>
  )
}

/** What was told last of the members' health, and of how many days nothing was. */
function Health({ of }: { of: Journey }) {
  const w = useSpoken()
  const last = of.days[0]
  return (
    <>
      {last ? (
        <>
          <span className={`tag ${last.unwell ? 'warns' : 'active'}`}>
            {w.t('relief.health.told', { well: w.n(last.well), unwell: w.n(last.unwell) })}
          </span>
          <span className="muted block small">{w.day(last.day)}</span>
        </>
      ) : (
        <span className="muted">{w.t('relief.health.none')}</span>
      )}
      {of.untold.length > 0 && (
        <span className="late block small">{w.t('relief.health.untold', { n: w.n(of.untold.length) })}</span>
      )}
      {of.contradictions > 0 && (
        <span className="late block small">{w.t('mob.contradictions', { n: w.n(of.contradictions) })}</span>
      )}
    </>
  )
}

/** Observation after the return: for how many it was ordered, of those who are known one by one. */
function After({ of, done }: { of: Journey; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  if (!of.last) return <span className="muted">{w.t('relief.not_back')}</span>
  return (
    <>
      {w.t('relief.observed', { n: w.n(of.observed), of: w.n(of.members) })}
      {may('isolation.order') && of.observed < of.members && (
        <Act title={w.t('relief.observe')} act={() => mobilisation.observeRelief(of.id)} done={done} />
      )}
    </>
  )
}

function Acts({ of, done }: { of: Journey; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  const { may } = useSession()
  const today = now === null ? '' : civilDay(now)
  if (!may('teams.manage')) return null
  const few = <InputNumber min={0} max={of.heads} precision={0} />
  return (
    <>
      {today && (
        <Small
          small
          name={`health-${of.id}`}
          title={w.t('relief.health.tell')}
          initial={{ day: of.last ?? today, well: of.heads, unwell: 0 }}
          send={(values) => mobilisation.reliefHealth(of.id, values as { day: string; well: number; unwell: number })}
          done={done}
          fields={[
            ['day', w.t('relief.day'), <DayField key="d" />],
            ['well', w.t('relief.well'), few],
            ['unwell', w.t('relief.unwell'), few],
          ]}
        />
      )}
      {today && !of.last && (
        <Small
          small
          name={`back-${of.id}`}
          title={w.t('relief.return')}
          initial={{ last: today, heads: of.heads }}
          send={(values) => mobilisation.returnRelief(of.id, values as { last: string; heads: number })}
          done={done}
          fields={[
            ['last', w.t('relief.last'), <DayField key="d" />],
            ['heads', w.t('call.heads'), <InputNumber key="h" min={1} max={of.heads} precision={0} />],
          ]}
        />
      )}
      <Undo of={of} take={mobilisation.takeBackRelief} done={done} />
    </>
  )
}

function Send({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const now = useNow()
  const teams = useResource(`teams|${area}`, (signal) => mobilisation.teams(area, 0, signal), 'keep', LIVE)
  const [id, setId] = useState(newId)
  if (now === null) return null
  const free = (teams.data?.teams ?? []).filter((one) => !one.dissolved)
  return (
    <section className="card" aria-label={w.t('relief.send')}>
      <Small
        name="relief"
        title={w.t('relief.send')}
        initial={{ first: civilDay(now), to: COUNTRY }}
        free={['last']}
        send={async (values) => {
          const told = values as { team: string; to: string; heads: number; first: string; last?: string }
          await mobilisation.sendRelief({ ...told, last: told.last || null, id })
          setId(newId())
        }}
        done={done}
        fields={[
          [
            'team',
            w.t('team.name'),
            <Select
              key="t"
              options={free.map((one) => ({ value: one.id, label: w.lang === 'en' && one.en ? one.en : one.zh }))}
            />,
          ],
          ['to', w.t('relief.to'), <AreaField key="a" top={COUNTRY} label={w.t('relief.to')} />],
          ['heads', w.t('call.heads'), <InputNumber key="n" min={1} max={100000} precision={0} />],
          ['first', w.t('lent.first'), <DayField key="f" />],
          ['last', w.t('relief.until'), <DayField key="l" />],
        ]}
      />
    </section>
  )
}
