import { Input, Progress, Select } from 'antd'
import { command, type Measure, type MeasureUnit } from '../../api/command'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { Small } from '../mobilisation/parts'
import { titled } from '../plans/titled'
import { useSpoken } from './words'

const PROGRESS = ['planned', 'under_way', 'done'] as const

/** How many of the measures in force are carried out, and how far each unit has come. */
export function Board({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`measures|${area}`, (signal) => command.measures(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { measures, done, of, stale_h } = found.data
  if (!measures.length) return <Empty title={w.t('me.none.title')} text={w.t('me.none.text')} />
  const stale = measures.filter((one) => one.stale).length
  return (
    <section className="card" aria-labelledby="board-title">
      <h2 id="board-title">{w.t('me.done', { n: w.n(done), of: w.n(of) })}</h2>
      <Progress percent={of ? Math.round((100 * done) / of) : 0} aria-label={w.t('me.share')} />
      {stale > 0 && <p className="late">{w.t('me.stale', { n: w.n(stale), hours: w.n(stale_h) })}</p>}
      <Grid
        label={w.t('me.tab.board')}
        rows={measures}
        keyOf={(one) => one.id}
        columns={[
          { key: 'what', title: w.t('me.measure'), head: true, cell: (one) => <What of={one} /> },
          { key: 'holds', title: w.t('me.holds'), cell: (one) => <Holds of={one} /> },
          {
            key: 'units',
            title: w.t('me.units'),
            cell: (one) => one.units.map((unit) => <Unit key={unit.code} of={one} unit={unit} done={found.retry} />),
          },
          {
            key: 'acts',
            title: '',
            className: 'acts',
            cell: (one) => (one.manages && one.standing !== 'ended' ? <Manage of={one} done={found.retry} /> : null),
          },
        ]}
      />
    </section>
  )
}

function What({ of }: { of: Measure }) {
  const w = useSpoken()
  return (
    <>
      {w.t('me.number', { n: w.n(of.number) })} {w.name(titled(of))}
      <span className="muted block small">
        <AreaName code={of.area} /> · {w.t(`me.sort.${of.sort}`)} · {of.doc_no}
      </span>
      <span className="muted block small">
        {w.t('me.by', { approver: of.approver, basis: of.basis })}
        {of.exempt.length > 0 &&
          ` · ${w.t('me.exempt', { who: of.exempt.map((one) => w.t(`me.exempt.${one}`)).join(w.t('list.comma')) })}`}
      </span>
    </>
  )
}

function Holds({ of }: { of: Measure }) {
  const w = useSpoken()
  return (
    <>
      <span className={`tag ${of.standing === 'in_force' ? 'active' : ''}`}>{w.t(`me.standing.${of.standing}`)}</span>{' '}
      {of.stale && <span className="tag warns">{w.t('me.still')}</span>}
      <span className="muted block small">
        {w.stamp(of.starts)} – {w.stamp(of.until)}
      </span>
    </>
  )
}

function Unit({ of, unit, done }: { of: Measure; unit: MeasureUnit; done: () => void }) {
  const w = useSpoken()
  const say = (values: Record<string, unknown>) =>
    command.actOnMeasure(of.id, { evidence: '', ...values, act: 'progress', unit: unit.code })
  return (
    <div className="block">
      {w.name(titled(unit))}{' '}
      <span className={`tag ${unit.progress === 'done' ? 'active' : unit.at ? '' : 'warns'}`}>
        {w.t(`me.progress.${unit.progress}`)}
      </span>
      {unit.at && (
        <span className="muted block small">
          {w.stamp(unit.at)} {unit.evidence}
        </span>
      )}
      {unit.mine && of.standing === 'in_force' && (
        <Small
          name={`progress-${of.id}-${unit.code}`}
          title={w.t('me.say')}
          small
          initial={{ progress: 'under_way' }}
          free={['evidence']}
          fields={[
            [
              'progress',
              w.t('me.progress'),
              <Select
                key="progress"
                options={PROGRESS.map((one) => ({ value: one, label: w.t(`me.progress.${one}`) }))}
              />,
            ],
            ['evidence', w.t('me.evidence'), <Input.TextArea key="evidence" maxLength={500} rows={2} />],
          ]}
          send={say}
          done={done}
        />
      )}
      {unit.mine && unit.fact && <Undo take={() => command.takeBack(of.id, unit.fact as string)} done={done} />}
    </div>
  )
}

function Manage({ of, done }: { of: Measure; done: () => void }) {
  const w = useSpoken()
  const document = <Input key="doc" maxLength={200} autoComplete="off" />
  return (
    <>
      <Small
        name={`renew-${of.id}`}
        title={w.t('me.renew')}
        small
        fields={[
          ['doc_no', w.t('me.doc'), document],
          ['ends', w.t('me.ends'), <TimeField key="ends" />],
        ]}
        send={(values) => command.actOnMeasure(of.id, { ...values, act: 'renew' })}
        done={done}
      />
      <Small
        name={`lift-${of.id}`}
        title={w.t('me.lift')}
        small
        fields={[
          ['doc_no', w.t('me.doc'), document],
          ['ends', w.t('me.ends'), <TimeField key="ends" />],
        ]}
        send={(values) => command.actOnMeasure(of.id, { ...values, act: 'lift' })}
        done={done}
      />
    </>
  )
}
