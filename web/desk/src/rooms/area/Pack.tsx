import '../../styles/plot.css'
import '../../styles/warning.css'
import { Button } from 'antd'
import { useResource } from '../../api/resource'
import { type By, type Clocks, type Estimates, type Parts, warning } from '../../api/warning'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import { useAct } from '../../forms/act'
import { useAreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { AheadFigure, InShort, RatioFigure } from './AreaPage'
import { Alarms } from './Alarms'
import { Ask } from './Ask'
import { type About, aboutOf, DISEASE } from './about'
import { Classes } from './Classes'
import { curve } from './pictures'
import { reading, weekOf } from './readings'
import { Sections } from './Sections'
import { SignOff } from './SignOff'
import { Spreading } from './Spreading'
import { useSpoken } from './words'

const DAYS = 14

/** Everything that a meeting on the situation of an area needs, on one page that prints. */
export default function Pack() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter] = useFilter()
  const area = filter.area ?? session?.area ?? ''
  const clocks: Clocks = { as_of: filter.day ?? null, known_at: filter.known ?? null }
  const key = `${area}|${clocks.as_of}|${clocks.known_at}`
  const found = useResource(`estimates|${key}`, (signal) => warning.estimates(area, DISEASE, clocks, signal))
  const name = useAreaName(area)
  const act = useAct()
  if (!session) return null
  const asked = new URLSearchParams(filter).toString()
  return (
    <div className="pack">
      <div className="heading">
        <h1>{w.t('pack.title', { area: name })}</h1>
        {found.data && <SignOff of={found.data} changed={found.retry} />}
        <div className="actions">
          <Button
            type="primary"
            loading={act.busy}
            onClick={async () => {
              const pdf = await act.run(() => warning.pack(area, DISEASE, clocks, w.lang))
              if (pdf) save(`${area}-${found.data?.as_of ?? ''}-${w.lang}.pdf`, pdf)
            }}
          >
            {w.t('pack.pdf')}
          </Button>{' '}
          <Button onClick={() => print()}>{w.t('area.print')}</Button>{' '}
          <a href={`#area${asked && `?${asked}`}`}>{w.t('area.back')}</a>
        </div>
      </div>
      <Told error={act.error} />
      <Ask pack={false} />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && <Estimated of={found.data} about={aboutOf(found.data, name, clocks, w)} />}
      <Sections area={area} clocks={clocks} />
      <AreaTable area={area} clocks={clocks} />
      <Classes area={area} clocks={clocks} />
      <Spreading area={area} clocks={clocks} name={name} />
      {found.data && <Quality of={found.data} />}
    </div>
  )
}

function Estimated({ of, about }: { of: Estimates; about: About }) {
  const w = useSpoken()
  return (
    <>
      <InShort of={of} about={about} />
      {(['onset', 'report', 'confirmation'] as const).map((by: By) => (
        <PlotFigure
          key={by}
          title={w.t('curve.area', { by: w.t(`by.${by}`) })}
          reading={
            <>
              <p>{reading(of, `curve_${by}`, w)}</p>
              {by === 'onset' && <p>{reading(of, 'nowcast', w)}</p>}
            </>
          }
          {...curve(of, by, w)}
          say={w.n}
          about={about}
          file={`${about.file}-${by}`}
          height={200}
        />
      ))}
      <RatioFigure of={of} about={about} />
      <AheadFigure of={of} about={about} />
      <Alarms of={of} />
    </>
  )
}

/** The parts of the area with their cases of this week and the one before. */
function AreaTable({ area, clocks }: { area: string; clocks: Clocks }) {
  const w = useSpoken()
  const found = useResource(`series|${area}|${DAYS}|${clocks.as_of}|${clocks.known_at}`, (signal) =>
    warning.series(area, DISEASE, DAYS, clocks, signal),
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data?.parts.length) return null
  const { as_of, parts } = found.data
  const week = (part: Parts['parts'][number], back: number) => weekOf(part.days, as_of, back)
  const said = (n: number | null) => (n === null ? '—' : w.n(n))
  return (
    <section className="card" aria-labelledby="pack-areas">
      <h2 id="pack-areas">{w.t('pack.table')}</h2>
      <Grid
        label={w.t('pack.table')}
        rows={[...parts].sort((a, b) => (week(b, 0) ?? -1) - (week(a, 0) ?? -1))}
        keyOf={(part) => part.area}
        columns={[
          { key: 'area', title: w.t('area.area'), head: true, cell: (part) => w.name(part) },
          { key: 'week', title: w.t('pack.week'), cell: (part) => said(week(part, 0)) },
          { key: 'before', title: w.t('pack.before'), cell: (part) => said(week(part, 7)) },
        ]}
      />
    </section>
  )
}

/** What to know of the data before one relies on the figures. */
function Quality({ of }: { of: Estimates }) {
  const w = useSpoken()
  const notes = [
    of.unknown_onset > 0 ? w.t('pack.quality.unreported', { n: w.n(of.unknown_onset) }) : null,
    ...of.breaks.map((one) => w.t('pack.quality.break', { day: w.day(one.day), name: w.name(one) })),
    ...(['nowcast', 'rt', 'forecast'] as const).map((what) => of[what].refused && reading(of, what, w)),
  ].filter((one): one is string => Boolean(one))
  return (
    <section className="card" aria-labelledby="pack-quality">
      <h2 id="pack-quality">{w.t('pack.quality')}</h2>
      <ul className="in-short">
        {(notes.length ? [...new Set(notes)] : [w.t('pack.quality.none')]).map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  )
}
