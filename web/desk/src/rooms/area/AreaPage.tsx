import '../../styles/tasks.css'
import '../../styles/plot.css'
import '../../styles/warning.css'
import { Radio } from 'antd'
import { type ReactNode, useState } from 'react'
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
import { Infections } from './Infections'
import { Past } from './Past'
import { Limits } from './Limits'
import { ahead, curve, cutAt, ratio } from './pictures'
import { reading } from './readings'
import { Refused } from './Refused'
import { SignOff } from './SignOff'
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
          <Shown of={found.data} about={aboutOf(found.data, name, clocks, w)} changed={found.retry} />
        </div>
      )}
      <Infections area={area} clocks={clocks} name={name} />
      <Classes area={area} clocks={clocks} />
      <Limits area={area} />
      <Spreading area={area} clocks={clocks} name={name} />
    </>
  )
}

function Shown({ of, about, changed }: FigureProps & { changed: () => void }) {
  const w = useSpoken()
  if (!Object.values(of.series).some((days) => days.some((one) => one.n > 0)))
    return <Empty title={w.t('area.none.title')} text={w.t('area.none.text')} />
  return (
    <>
      <InShort of={of} about={about} />
      <CurveFigure of={of} about={about} />
      <RatioFigure of={of} about={about} />
      <AheadFigure of={of} about={about}>
        <SignOff of={of} changed={changed} />
      </AheadFigure>
      <Alarms of={of} />
    </>
  )
}

/** The figures in plain words. */
export function InShort({ of, about }: { of: Estimates; about: About }) {
  const w = useSpoken()
  const said = ['curve_onset', 'nowcast', 'rt', 'forecast', 'alarms'].map((code) => reading(of, code, w))
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
          <p>{reading(of, `curve_${by}`, w)}</p>
          {by === 'onset' && <p>{reading(of, 'nowcast', w)}</p>}
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
  if (of.rt.refused || !of.rt.days.length) return <Refused title={w.t('rt.title')} why={reading(of, 'rt', w)} />
  const { window_days, si_mean, si_sd, source } = of.rt
  return (
    <PlotFigure
      title={w.t('rt.title')}
      reading={<p>{reading(of, 'rt', w)}</p>}
      {...ratio(of, w)}
      say={(value) => w.n(Math.round(value * 100) / 100)}
      about={about}
      file={`${about.file}-rt`}
    >
      {cutAt(of) !== null && <p className="muted small">{w.t('rt.cut', { n: w.n(cutAt(of) ?? 0) })}</p>}
      {si_mean !== null && si_sd !== null && (
        <p className="muted small">
          {w.t('rt.basis', { window: w.n(window_days), mean: w.n(si_mean), sd: w.n(si_sd), source: source ?? '' })}
        </p>
      )}
    </PlotFigure>
  )
}

export function AheadFigure({ of, about, children }: FigureProps & { children?: ReactNode }) {
  const w = useSpoken()
  if (of.forecast.refused || !of.forecast.days.length)
    return <Refused title={w.t('fc.title')} why={reading(of, 'forecast', w)} />
  return (
    <PlotFigure
      title={w.t('fc.title')}
      reading={<p>{reading(of, 'forecast', w)}</p>}
      {...ahead(of, w)}
      say={(value) => w.n(Math.round(value))}
      about={about}
      file={`${about.file}-forecast`}
    >
      {children}
      <Past of={of.forecast.skill} read={reading(of, 'score', w)} />
    </PlotFigure>
  )
}
