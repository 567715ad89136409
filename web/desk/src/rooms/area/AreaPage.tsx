import '../../styles/tasks.css'
import '../../styles/plot.css'
import '../../styles/warning.css'
import { Radio } from 'antd'
import { useState } from 'react'
import { useResource } from '../../api/resource'
import { type By, type Clocks, type Estimates, warning } from '../../api/warning'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import { useAreaName } from '../../forms/AreaName'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Alarms } from './Alarms'
import { Ask } from './Ask'
import { type About, aboutOf, DISEASE } from './about'
import { Classes } from './Classes'
import { Past } from './Past'
import { ahead, curve, ratio } from './pictures'
import { readAlarms, readCurve, readForecast, readNowcast, readRatio } from './readings'
import { Spreading } from './Spreading'
import { useSpoken } from './words'

/** What is happening in an area, what may come, and how sure that is: as of a day, by what was known at a moment. */
export default function AreaPage() {
  const w = useSpoken()
  const { session } = useSession()
  const [filter] = useFilter()
  const area = filter.area ?? session?.area ?? ''
  const clocks: Clocks = { as_of: filter.day ?? null, known_at: filter.known ?? null }
  const key = `${area}|${clocks.as_of}|${clocks.known_at}`
  const found = useResource(`estimates|${key}`, (signal) => warning.estimates(area, DISEASE, clocks, signal), 'keep')
  const name = useAreaName(area)
  if (!session) return null
  return (
    <>
      <div className="heading">
        <h1>{w.t('area.of', { area: name })}</h1>
        <p className="muted">{w.t('area.text')}</p>
      </div>
      <Ask pack />
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && (
        <div className={found.loading ? 'stale' : undefined} aria-busy={found.loading}>
          <Shown of={found.data} about={aboutOf(found.data, name, clocks, w)} />
        </div>
      )}
      <Classes area={area} clocks={clocks} />
      <Spreading area={area} clocks={clocks} name={name} />
    </>
  )
}

function Shown({ of, about }: { of: Estimates; about: About }) {
  const w = useSpoken()
  if (!Object.values(of.series).some((days) => days.some((one) => one.n > 0)))
    return <Empty title={w.t('area.none.title')} text={w.t('area.none.text')} />
  return (
    <>
      <InShort of={of} about={about} />
      <CurveFigure of={of} about={about} />
      <RatioFigure of={of} about={about} />
      <AheadFigure of={of} about={about} />
      <Alarms of={of} />
    </>
  )
}

/** The figures in plain words. */
export function InShort({ of, about }: { of: Estimates; about: About }) {
  const w = useSpoken()
  const said = [
    readCurve(of, 'onset', w),
    readNowcast(of, w),
    readRatio(of, w),
    readForecast(of, w),
    readAlarms(of.alarms, of.as_of, w),
  ]
  return (
    <section className="card" aria-labelledby="in-short">
      <h2 id="in-short">{w.t('area.says')}</h2>
      <p className="muted small">{about.line}</p>
      <ul className="in-short">
        {said.filter(Boolean).map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  )
}

interface FigureProps {
  of: Estimates
  about: About
}

function CurveFigure({ of, about }: FigureProps) {
  const w = useSpoken()
  const [by, choose] = useState<By>('onset')
  return (
    <PlotFigure
      title={w.t('curve.area', { by: w.t(`by.${by}`) })}
      reading={
        <>
          <p>{readCurve(of, by, w)}</p>
          {by === 'onset' && <p>{readNowcast(of, w)}</p>}
        </>
      }
      {...curve(of, by, w)}
      say={w.n}
      about={about}
      file={`${about.file}-${by}`}
    >
      <Radio.Group
        aria-label={w.t('by.label')}
        value={by}
        onChange={(e) => choose(e.target.value)}
        options={(['onset', 'report', 'confirmation'] as const).map((value) => ({ value, label: w.t(`by.${value}`) }))}
      />
    </PlotFigure>
  )
}

export function RatioFigure({ of, about }: FigureProps) {
  const w = useSpoken()
  if (of.rt.refused || !of.rt.days.length) return <Refused title={w.t('rt.title')} why={readRatio(of, w)} />
  const { window_days, si_mean, si_sd, source } = of.rt
  return (
    <PlotFigure
      title={w.t('rt.title')}
      reading={<p>{readRatio(of, w)}</p>}
      {...ratio(of, w)}
      say={(value) => w.n(Math.round(value * 100) / 100)}
      about={about}
      file={`${about.file}-rt`}
    >
      {si_mean !== null && si_sd !== null && (
        <p className="muted small">
          {w.t('rt.basis', { window: w.n(window_days), mean: w.n(si_mean), sd: w.n(si_sd), source: source ?? '' })}
        </p>
      )}
    </PlotFigure>
  )
}

export function AheadFigure({ of, about }: FigureProps) {
  const w = useSpoken()
  if (of.forecast.refused || !of.forecast.days.length)
    return <Refused title={w.t('fc.title')} why={readForecast(of, w)} />
  return (
    <PlotFigure
      title={w.t('fc.title')}
      reading={<p>{readForecast(of, w)}</p>}
      {...ahead(of, w)}
      say={(value) => w.n(Math.round(value))}
      about={about}
      file={`${about.file}-forecast`}
    >
      <Past of={of.forecast.skill} />
    </PlotFigure>
  )
}

function Refused({ title, why }: { title: string; why: string | null }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p>{why}</p>
    </section>
  )
}
