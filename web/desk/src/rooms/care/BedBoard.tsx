import { Button } from 'antd'
import { type BedType, beds, type Census, type Hospital, type Places, TYPES } from '../../api/beds'
import { useResource } from '../../api/resource'
import { ActBar } from '../../forms/ActBar'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useBeds } from './beds'
import { HospitalForm } from './HospitalForm'

/** Every hospital with its beds by type, what was counted at the last censuses, and what contradicts the record. */
export function BedBoard({ area }: { area: string }) {
  const w = useBeds()
  const { may } = useSession()
  const found = useResource(`hospitals|${area}`, (signal) => beds.hospitals(area, signal), 'keep', ['care'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { hospitals, places } = found.data
  return (
    <>
      <Sums places={places} />
      <section className="card" aria-label={w.t('bd.hospitals')}>
        {hospitals.length ? (
          <Hospitals hospitals={hospitals} />
        ) : (
          <Empty title={w.t('bd.none')} text={w.t('bd.none.text')} />
        )}
      </section>
      {hospitals.length > 0 && <Censuses area={area} />}
      {may('stays.read') && <Clashes area={area} />}
      {may('hospitals.manage') && (
        <ActBar
          title={w.t('bd.manage')}
          acts={['register'] as const}
          label={() => w.t('bd.register')}
          said={() => w.t('bd.said')}
          form={(_, done, close) => (
            <HospitalForm
              area={area}
              known={found.data?.known_specialties ?? []}
              close={close}
              done={() => {
                done()
                found.retry()
              }}
            />
          )}
        />
      )}
    </>
  )
}

/** Of each type how many beds are taken, of how many, and how many are free. */
export function Sums({ places }: { places: Places[] }) {
  const w = useBeds()
  const shown = TYPES.flatMap((type) => places.filter((one) => one.type === type))
  if (!shown.length) return null
  return (
    <section className="card stages" aria-label={w.t('bd.sums')}>
      <dl>
        {shown.map((one) => (
          <div key={one.type} className={one.free ? undefined : 'alarm'}>
            <dt>{w.t(`bd.type.${one.type}`)}</dt>
            <dd>
              {w.t('bd.free.n', { n: w.n(one.free) })}
              <span className="muted block small">
                {w.t('bd.used', { held: w.n(one.held), beds: w.n(one.permanent + one.temporary) })}
              </span>
              {one.temporary > 0 && (
                <span className="muted block small">{w.t('bd.temporary.n', { n: w.n(one.temporary) })}</span>
              )}
              {one.overdue > 0 && <span className="tag fails">{w.t('bd.overdue', { n: w.n(one.overdue) })}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Hospitals({ hospitals }: { hospitals: Hospital[] }) {
  const w = useBeds()
  return (
    <Grid
      label={w.t('bd.hospitals')}
      rows={hospitals}
      keyOf={(one) => one.id}
      columns={[
        {
          key: 'name',
          title: w.t('bd.hospital'),
          head: true,
          cell: (one) => (
            <>
              <a href={`#beds/${one.id}`}>{w.name(one)}</a>
              <span className="muted block small">
                <AreaName code={one.area} /> · {w.t(`bd.level.${one.level}`)}
              </span>
            </>
          ),
        },
        { key: 'marks', title: w.t('bd.marks'), cell: (one) => <Marks of={one} /> },
        ...TYPES.filter((type) => hospitals.some((one) => placesOf(one, type))).map((type) => ({
          key: type,
          title: w.t(`bd.type.${type}`),
          className: 'number',
          cell: (one: Hospital) => <Cell of={placesOf(one, type)} />,
        })),
      ]}
    />
  )
}

export function Marks({ of }: { of: Hospital }) {
  const w = useBeds()
  return (
    <span className="alarms">
      {of.designated && <span className="tag">{w.t('bd.designated')}</span>}
      {of.severe && <span className="tag">{w.t('bd.severe')}</span>}
      {!of.designated && !of.severe && <span className="muted">{w.t('bd.plain')}</span>}
    </span>
  )
}

const placesOf = (of: Hospital, type: BedType) => of.places.find((one) => one.type === type)

function Cell({ of }: { of: Places | undefined }) {
  const w = useBeds()
  if (!of) return <span className="null">{w.t('bd.no_beds')}</span>
  return (
    <>
      <span className={of.free ? undefined : 'late'}>{w.t('bd.free.n', { n: w.n(of.free) })}</span>
      <span className="muted block small">
        {w.t('bd.used', { held: w.n(of.held), beds: w.n(of.permanent + of.temporary) })}
      </span>
    </>
  )
}

/** How many patients lay in beds of each type when they were counted. */
function Censuses({ area }: { area: string }) {
  const w = useBeds()
  const found = useResource(`census|${area}`, (signal) => beds.census(area, signal), 'keep', ['care'])
  if (!found.data?.counts.length) return null
  const counts = found.data.counts
  const moments = [...new Set(counts.map((one) => one.at))].reverse()
  const of = (at: string, type: BedType): Census | undefined => counts.find((one) => one.at === at && one.type === type)
  return (
    <section className="card" aria-labelledby="census-title">
      <h2 id="census-title">{w.t('bd.census')}</h2>
      <p className="muted">{w.t('bd.census.text')}</p>
      <Grid
        label={w.t('bd.census')}
        rows={moments}
        keyOf={(at) => at}
        columns={[
          { key: 'at', title: w.t('bd.census.at'), head: true, cell: (at) => w.stamp(at) },
          ...TYPES.filter((type) => counts.some((one) => one.type === type)).map((type) => ({
            key: type,
            title: w.t(`bd.type.${type}`),
            className: 'number',
            cell: (at: string) => {
              const one = of(at, type)
              return one ? w.t('bd.of', { n: w.n(one.present), of: w.n(one.beds) }) : null
            },
          })),
        ]}
      />
    </section>
  )
}

/** What was told of beds and does not count: kept for a person to settle. */
function Clashes({ area }: { area: string }) {
  const w = useBeds()
  const { may } = useSession()
  const { error, run } = useAct()
  const found = useResource(`clashes|${area}`, (signal) => beds.clashes(area, signal), 'keep', ['care'])
  if (!found.data?.clashes.length) return null
  const back = (bed: string, fact: string) => run(() => beds.takeBack(bed, fact).then(found.retry))
  return (
    <section className="card" aria-labelledby="clashes-title">
      <h2 id="clashes-title">{w.t('bd.clashes', { n: w.n(found.data.clashes.length) })}</h2>
      <p className="muted">{w.t('bd.clashes.text')}</p>
      <Told error={error} />
      <Grid
        label={w.t('bd.clashes.label')}
        rows={found.data.clashes}
        keyOf={(one) => one.fact}
        columns={[
          {
            key: 'bed',
            title: w.t('bd.bed'),
            head: true,
            cell: (one) => (
              <>
                {one.hospital && (
                  <a href={`#beds/${one.hospital}`}>{w.name({ zh: one.hospital_zh, en: one.hospital_en })}</a>
                )}
                <span className="block">{one.number}</span>
              </>
            ),
          },
          { key: 'why', title: w.t('bd.why'), cell: (one) => (w.lang === 'zh' ? one.zh : one.en) },
          { key: 'at', title: w.t('bd.at'), cell: (one) => w.stamp(one.at) },
          {
            key: 'act',
            title: w.t('bd.act'),
            cell: (one) =>
              may('stays.record') && one.stay ? (
                <Button size="small" onClick={() => back(one.bed, one.fact)}>
                  {w.t('bd.back')}
                </Button>
              ) : null,
          },
        ]}
      />
    </section>
  )
}
