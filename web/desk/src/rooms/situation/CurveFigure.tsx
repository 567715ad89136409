import { type Days, situation } from '../../api/situation'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import type { Layer, Picture, Point } from '../../chart/plot/picture'
import { Choice } from '../../parts/Choice'
import { Failure, Loading } from '../../parts/States'
import type { Shared } from './Situation'
import { LIVE, useSteps } from './steps'
import { byOf, CURVES, type By, dayChosen, spanOf, sinceOf, keyOf } from './view'
import { type Spoken, useSpoken } from './words'

/** As high as the map beside it. */
const HEIGHT = 360

/** The days of the outbreak as bars: by one of three clocks, or of the measure itself. */
export function CurveFigure({ shown, view, look, measure, registry, today, reading }: Shared) {
  const w = useSpoken()
  const by = byOf(view, measure)
  const key = keyOf(by, measure)
  const area = shown.area.code
  const ask = (known_at: string | null) => () =>
    situation.days(area, key, { since: sinceOf(today), until: today, known_at })
  const found = useSteps(`${area}|${key}|${view.known}`, ask(view.known), view.known ? undefined : LIVE)
  // What is known now gives the scale on which the outbreak is replayed.
  const now = useSteps(view.known ? `${area}|${key}` : null, ask(null))
  const of = registry.find((one) => one.key === key)
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data || !of) return <Loading />
  const whole = now.data ?? found.data
  const { picture, columns } = drawn(found.data, whole, today, w.name(of), w)
  const name = w.name(shown.area)
  return (
    <PlotFigure
      title={w.t('si.curve', { what: w.name(of), area: name })}
      reading={
        <Choice<By>
          aria-label={w.t('si.curve.by')}
          value={by}
          onChange={(to) => look({ by: to })}
          options={optionsOf(measure, w)}
        />
      }
      picture={{ ...picture, marked: view.day ?? undefined }}
      columns={columns}
      say={w.n}
      about={{
        line: w.t('si.about', {
          area: name,
          day: w.day(shown.day),
          known: w.stamp(shown.known_at),
          seq: w.n(shown.seq),
        }),
        columns: { area, as_of: shown.day, known_at: shown.known_at, seq: String(shown.seq) },
      }}
      file={`${area}-${shown.day}-${key}`}
      height={HEIGHT}
      choose={(day) => look(dayChosen(day, today, reading))}
    />
  )
}

function optionsOf(measure: Shared['measure'], w: Spoken): { value: By; label: string }[] {
  const clocks = Object.keys(CURVES) as (keyof typeof CURVES)[]
  const own = measure.series && !Object.values<string>(CURVES).includes(measure.key)
  return [
    ...(own ? [{ value: 'measure' as const, label: w.name(measure) }] : []),
    ...clocks.map((value) => ({ value, label: w.t(`si.by.${value}`) })),
  ]
}

/** Bars of what was known, and around them what is still to be told. The axis stays while the days pass. */
function drawn(of: Days, whole: Days, today: string, name: string, w: Spoken) {
  const days = spanOf(whole.days, today)
  const known = new Map(of.days.map((one) => [one.day, one.n]))
  const points: Point[] = days.map((day) => ({ day, at: known.get(day) ?? null }))
  const band = (of.band ?? []).filter((one) => one.day >= (days[0] ?? ''))
  const inBand = new Map(band.map((one) => [one.day, one]))
  const layers: Layer[] = [{ as: 'bars', name, colour: 'var(--data-bar)', points }]
  const columns: { key: string; title: string; of: (day: string) => number | null }[] = [
    { key: of.key, title: name, of: (day) => known.get(day) ?? null },
  ]
  if (band.length) {
    layers.unshift({
      as: 'band',
      name: w.t('si.band'),
      colour: 'var(--data-band)',
      spans: band.map((one) => ({ day: one.day, low: one.lower, high: one.upper })),
    })
    layers.push({
      as: 'line',
      name: w.t('si.band.middle'),
      colour: 'var(--data-line)',
      points: band.map((one) => ({ day: one.day, at: one.median })),
    })
    columns.push(
      { key: 'nowcast_low', title: w.t('si.band.low'), of: (day) => inBand.get(day)?.lower ?? null },
      { key: 'nowcast_middle', title: w.t('si.band.middle'), of: (day) => inBand.get(day)?.median ?? null },
      { key: 'nowcast_high', title: w.t('si.band.high'), of: (day) => inBand.get(day)?.upper ?? null },
    )
  }
  const least = Math.max(0, ...whole.days.map((one) => one.n ?? 0))
  const picture: Picture = { from: days[0] ?? today, to: today, layers, least }
  return { picture, columns }
}
