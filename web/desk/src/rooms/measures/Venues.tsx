import { Input, Select } from 'antd'
import { command, type Venue } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { AreaName } from '../../forms/AreaName'
import { DayField } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Small } from '../mobilisation/parts'
import { titled } from '../plans/titled'
import { useSpoken } from './words'

const SORTS = [
  'scenic',
  'museum',
  'library',
  'cinema',
  'sport',
  'worship',
  'market',
  'restaurant',
  'transport',
  'other',
] as const
const STATUS = ['open', 'limited', 'closed'] as const

/** Whether each venue is open, limited or closed, when it opens again, and every change. */
export function Venues({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`venues|${area}`, (signal) => command.venues(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { venues } = found.data
  return (
    <section className="card" aria-label={w.t('me.tab.venues')}>
      {may('measures.report') && (
        <Small
          name="venue"
          title={w.t('ve.new')}
          free={['en']}
          fields={[
            [
              'sort',
              w.t('ve.sort'),
              <Select key="sort" options={SORTS.map((one) => ({ value: one, label: w.t(`ve.sort.${one}`) }))} />,
            ],
            ['zh', w.t('ve.zh'), <Input key="zh" maxLength={64} autoComplete="off" />],
            ['en', w.t('ve.en'), <Input key="en" maxLength={200} autoComplete="off" />],
          ]}
          send={(values) => command.register({ ...values, id: newId(), area })}
          done={found.retry}
        />
      )}
      {!venues.length && <Empty title={w.t('ve.none.title')} text={w.t('ve.none.text')} />}
      {venues.length > 0 && (
        <Grid
          label={w.t('me.tab.venues')}
          rows={venues}
          keyOf={(one) => one.id}
          columns={[
            { key: 'name', title: w.t('ve.venue'), head: true, cell: (one) => <Name of={one} /> },
            { key: 'now', title: w.t('ve.now'), cell: (one) => <Now of={one} /> },
            { key: 'changes', title: w.t('ve.changes'), cell: (one) => <Changes of={one} done={found.retry} /> },
            {
              key: 'acts',
              title: '',
              className: 'acts',
              cell: (one) => (one.mine ? <State of={one} done={found.retry} /> : null),
            },
          ]}
        />
      )}
    </section>
  )
}

function Name({ of }: { of: Venue }) {
  const w = useSpoken()
  return (
    <>
      {w.name(titled(of))}
      <span className="muted block small">
        <AreaName code={of.area} /> · {w.t(`ve.sort.${of.sort}`)}
      </span>
    </>
  )
}

function Now({ of }: { of: Venue }) {
  const w = useSpoken()
  if (!of.now) return <span className="null">{w.t('ve.unknown')}</span>
  return (
    <>
      <span className={`tag ${of.now.status === 'open' ? 'active' : 'warns'}`}>
        {w.t(`ve.status.${of.now.status}`)}
      </span>
      {of.now.reopens && (
        <span className="muted block small">{w.t('ve.reopens.on', { day: w.day(of.now.reopens) })}</span>
      )}
      {of.now.limits && <span className="muted block small">{of.now.limits}</span>}
    </>
  )
}

function Changes({ of, done }: { of: Venue; done: () => void }) {
  const w = useSpoken()
  return (
    <>
      {of.changes.map((one) => (
        <span key={one.fact} className="muted block small">
          {w.stamp(one.starts)} {w.t(`ve.status.${one.status}`)} · {one.doc_no}
        </span>
      ))}
      {of.mine && of.last && <Undo take={() => command.takeBack(of.id, of.last as string)} done={done} />}
    </>
  )
}

function State({ of, done }: { of: Venue; done: () => void }) {
  const w = useSpoken()
  return (
    <Small
      name={`venue-${of.id}`}
      title={w.t('ve.state')}
      small
      free={['reopens', 'limits']}
      fields={[
        [
          'status',
          w.t('ve.now'),
          <Select key="status" options={STATUS.map((one) => ({ value: one, label: w.t(`ve.status.${one}`) }))} />,
        ],
        ['starts', w.t('ve.starts'), <TimeField key="starts" />],
        ['doc_no', w.t('me.doc'), <Input key="doc" maxLength={200} autoComplete="off" />],
        ['reopens', w.t('ve.reopens'), <DayField key="reopens" />],
        ['limits', w.t('ve.limits'), <Input key="limits" maxLength={200} autoComplete="off" />],
      ]}
      send={(values) => command.stateVenue(of.id, { ...values, reopens: (values.reopens as string) || null })}
      done={done}
    />
  )
}
