import { Input, InputNumber, Select } from 'antd'
import { Fragment } from 'react'
import { command, type Gathering } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Act, Small } from '../mobilisation/parts'
import { useSpoken } from './words'

const SORTS = [
  'training',
  'lecture',
  'tea_party',
  'discussion',
  'culture_sport',
  'banquet',
  'wedding_funeral',
  'other',
] as const
const OUTCOMES = ['postponed', 'dissuaded', 'held'] as const

/** Gatherings that became known, and what came of each. */
export function Gatherings({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`gatherings|${area}`, (signal) => command.gatherings(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { gatherings, now } = found.data
  return (
    <section className="card" aria-label={w.t('me.tab.gatherings')}>
      {may('measures.report') && <Declare area={area} done={found.retry} />}
      {!gatherings.length && <Empty title={w.t('ga.none.title')} text={w.t('ga.none.text')} />}
      {gatherings.length > 0 && (
        <Grid
          label={w.t('me.tab.gatherings')}
          rows={gatherings}
          keyOf={(one) => one.id}
          columns={[
            { key: 'what', title: w.t('ga.what'), head: true, cell: (one) => <What of={one} /> },
            { key: 'state', title: w.t('ga.state'), cell: (one) => <State of={one} now={now} /> },
            { key: 'acts', title: '', className: 'acts', cell: (one) => <Acts of={one} done={found.retry} /> },
          ]}
        />
      )}
    </section>
  )
}

function Declare({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  return (
    <Small
      name="gathering"
      title={w.t('ga.new')}
      free={['people', 'place']}
      fields={[
        [
          'sort',
          w.t('ga.sort'),
          <Select key="sort" options={SORTS.map((one) => ({ value: one, label: w.t(`ga.sort.${one}`) }))} />,
        ],
        ['planned', w.t('ga.planned'), <TimeField key="planned" />],
        ['people', w.t('ga.people'), <InputNumber key="people" min={1} max={100000} precision={0} />],
        ['place', w.t('ga.place'), <Input key="place" maxLength={64} autoComplete="off" />],
      ]}
      send={(values) => command.declare({ ...values, id: newId(), area })}
      done={done}
    />
  )
}

function What({ of }: { of: Gathering }) {
  const w = useSpoken()
  return (
    <>
      {w.t(`ga.sort.${of.sort}`)}
      {of.place && ` · ${of.place}`}
      <span className="muted block small">
        <AreaName code={of.area} /> · {w.stamp(of.planned)}
        {of.people !== null && ` · ${w.t('ga.about', { n: w.n(of.people) })}`}
      </span>
    </>
  )
}

function State({ of, now }: { of: Gathering; now: string }) {
  const w = useSpoken()
  const said = OUTCOMES.filter((one) => of[one])
  const late = !said.length && now > of.dissuade_by
  return (
    <>
      {said.map((one) => (
        <Fragment key={one}>
          <span className={`tag ${one === 'held' ? 'fails' : 'active'}`}>
            {w.t(`ga.told.${one}`)} {w.stamp(of[one] as string)}
          </span>{' '}
        </Fragment>
      ))}
      {!said.length && (
        <span className={late ? 'late' : 'muted'}>
          {w.t(late ? 'ga.late' : 'ga.until', { at: w.stamp(of.dissuade_by) })}
        </span>
      )}
      {of.alert && <span className="late block small">{w.t('ga.alert')}</span>}
      {of.handled && <span className="muted block small">{w.t('ga.handled', { at: w.stamp(of.handled) })}</span>}
    </>
  )
}

function Acts({ of, done }: { of: Gathering; done: () => void }) {
  const w = useSpoken()
  if (!of.mine) return null
  const open = of.held ? [] : OUTCOMES.filter((one) => !of[one])
  return (
    <div className="row-acts">
      {open.map((one) => (
        <Act key={one} title={w.t(`ga.told.${one}`)} act={() => command.actOnGathering(of.id, one)} done={done} />
      ))}
      {of.alert && of.manages && (
        <Act title={w.t('ga.handle')} act={() => command.actOnGathering(of.id, 'handled')} done={done} />
      )}
      {of.last && <Undo take={() => command.takeBack(of.id, of.last as string)} done={done} />}
    </div>
  )
}
