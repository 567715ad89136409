import { Checkbox, Radio } from 'antd'
import { useState } from 'react'
import type { Compared, Outcome, Spread, Terms } from '../../api/whatif'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Basis } from './Assumptions'
import { unitOf } from './draft'
import { Fan } from './Fan'
import { useSpoken } from './words'

type Figure = 'found' | 'beds' | 'critical' | 'observed' | 'staff' | 'masks' | 'sets'
type Words = ReturnType<typeof useSpoken>

const FIGURES: Figure[] = ['found', 'beds', 'critical', 'observed', 'staff', 'masks', 'sets']

/** A middle value never without its range; open upwards where runs were broken off. */
export function spreadOf(of: Spread | undefined, w: Words, say: (n: number) => string = w.n): string {
  if (!of) return ''
  const [low, , mid, , high] = of
  if (low == null) return w.t('re.unknown')
  if (mid == null) return w.t('re.open', { low: say(low) })
  if (high == null) return w.t('re.half_open', { mid: say(mid), low: say(low) })
  return w.t('re.spread', { mid: say(mid), low: say(low), high: say(high) })
}

/** The middle value first, what range it stands in below. */
function Figured({ said }: { said: string }) {
  const [middle, range] = said.split(/\s?(?=[(（])/)
  return (
    <>
      <b>{middle}</b>
      {range && <span className="muted small block">{range}</span>}
    </>
  )
}

interface Props {
  of: Compared
  terms: Terms
}

/** What came of each scenario, with its spread, and everything that was assumed. */
export function Results({ of, terms }: Props) {
  const w = useSpoken()
  const first = of.outcomes[0]
  return (
    <>
      <section className="card" aria-labelledby="wi-result">
        <h2 id="wi-result" tabIndex={-1}>
          {w.t('re.title')}
        </h2>
        <p role="status">
          <AreaName code={of.today.area} /> · {w.name(terms)} ·{' '}
          {w.t('re.of', { at: w.stamp(of.at), days: w.n(of.dates.length), runs: w.n(of.runs), seed: String(of.seed) })}
        </p>
        <p className="muted small">{w.t('re.read')}</p>
        <Whole of={of} terms={terms} />
        {of.outcomes.length > 1 && first && <Against of={of.outcomes.slice(1)} terms={terms} first={first.name} />}
        <h3>{w.t('re.full')}</h3>
        <Full of={of.outcomes} />
        <ul className="broken small">
          {of.outcomes
            .filter((one) => one.broken > 0)
            .map((one) => (
              <li key={one.name}>
                {one.name}
                {w.t('colon')}
                {w.t('re.broken', { n: w.n(one.broken), most: w.n(terms.limits.most_infections) })}
              </li>
            ))}
        </ul>
      </section>
      <Days of={of} />
      <Used of={of} terms={terms} />
    </>
  )
}

function named(figure: Figure, terms: Terms, w: Words): string {
  const over = w.t(terms.flows.includes(figure) ? 're.total' : 're.peak')
  return `${w.t(`fig.${figure}`)}${w.t('brackets', { text: over })}`
}

function Whole({ of, terms }: Props) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('re.title')}
      rows={of.outcomes}
      keyOf={(one) => one.name}
      columns={[
        {
          key: 'name',
          title: w.t('re.scenario'),
          head: true,
          cell: (one) => (
            <>
              {one.name}
              <span className="muted small block">
                {w.t('re.reproduction', { n: w.n(Math.round(one.reproduction * 100) / 100) })}
              </span>
            </>
          ),
        },
        ...FIGURES.map((figure) => ({
          key: figure,
          title: named(figure, terms, w),
          cell: (one: Outcome) => <Figured said={spreadOf(one.whole[figure], w)} />,
        })),
      ]}
    />
  )
}

/** Beds and places of observation against those on record. */
function Full({ of }: { of: Outcome[] }) {
  const w = useSpoken()
  return (
    <Grid
      label={w.t('re.full')}
      rows={of}
      keyOf={(one) => one.name}
      columns={[
        { key: 'name', title: w.t('re.scenario'), head: true, cell: (one) => one.name },
        ...(['beds', 'observed'] as const).map((figure) => ({
          key: figure,
          title: w.t(`fig.${figure}`),
          cell: (one: Outcome) => fullOf(one, figure, w),
        })),
      ]}
    />
  )
}

function fullOf(of: Outcome, figure: 'beds' | 'observed', w: Words): string {
  const its = of.full.find((one) => one.figure === figure)
  if (!its) return w.t('re.full.unknown')
  if (its.share === 0 || its.day === null) return w.t('re.full.none')
  const share = `${w.n(Math.max(Math.round(its.share * 100), 1))}%`
  return w.t('re.full.some', { share, places: w.n(its.places), day: w.day(its.day) })
}

function Against({ of, terms, first }: { of: Outcome[]; terms: Terms; first: string }) {
  const w = useSpoken()
  const title = w.t('re.against', { name: first })
  return (
    <>
      <h3>{title}</h3>
      <p className="muted small">{w.t('re.against.text')}</p>
      <Grid
        label={title}
        rows={of}
        keyOf={(one) => one.name}
        columns={[
          { key: 'name', title: w.t('re.scenario'), head: true, cell: (one) => one.name },
          ...FIGURES.map((figure) => ({
            key: figure,
            title: named(figure, terms, w),
            cell: (one: Outcome) => <Figured said={spreadOf(one.against?.[figure], w, w.signed)} />,
          })),
        ]}
      />
    </>
  )
}

function Days({ of }: { of: Compared }) {
  const w = useSpoken()
  const [figure, choose] = useState<Figure>('found')
  const [log, setLog] = useState(false)
  const series = of.outcomes.map((one) => one.days[figure] ?? [])
  const highest = Math.max(1, ...series.flat(2).map((one) => one ?? 0))
  const kept = figure === 'beds' ? of.today.beds : figure === 'observed' ? of.today.places : null
  const places = kept?.stations ? kept.all : null
  return (
    <section className="card" aria-labelledby="wi-days">
      <h2 id="wi-days">{w.t('re.by_day')}</h2>
      <div className="fan-choice">
        <Radio.Group
          aria-label={w.t('re.figure')}
          value={figure}
          onChange={(e) => choose(e.target.value)}
          options={FIGURES.map((value) => ({ value, label: w.t(`fig.${value}`) }))}
        />
        <Checkbox checked={log} onChange={(e) => setLog(e.target.checked)}>
          {w.t('re.log')}
        </Checkbox>
        {places !== null && <span className="muted small places-said">{w.t('re.places', { n: w.n(places) })}</span>}
      </div>
      <div className="fans">
        {of.outcomes.map((one, at) => (
          <figure key={one.name}>
            <figcaption>{one.name}</figcaption>
            <Fan
              days={series[at] ?? []}
              dates={of.dates}
              highest={highest}
              log={log}
              places={places}
              say={w.n}
              label={w.t('re.chart', {
                figure: w.t(`fig.${figure}`),
                name: one.name,
                spread: spreadOf(series[at]?.[of.dates.length - 1], w),
              })}
            />
          </figure>
        ))}
      </div>
      <details>
        <summary>
          {w.t('re.by_day')}
          {w.t('colon')}
          {w.t(`fig.${figure}`)}
        </summary>
        <Grid
          label={`${w.t('re.by_day')}${w.t('colon')}${w.t(`fig.${figure}`)}`}
          rows={of.dates.map((date, day) => ({ date, day }))}
          keyOf={(one) => one.date}
          columns={[
            { key: 'day', title: w.t('re.day'), head: true, cell: (one) => w.day(one.date) },
            ...of.outcomes.map((its, at) => ({
              key: its.name,
              title: its.name,
              cell: (one: { day: number }) => spreadOf(series[at]?.[one.day], w),
            })),
          ]}
        />
      </details>
    </section>
  )
}

function Used({ of, terms }: Props) {
  const w = useSpoken()
  const value = Object.fromEntries(of.used.map((one) => [one.code, one.value]))
  return (
    <section className="card" aria-labelledby="wi-used">
      <h2 id="wi-used">{w.t('re.used')}</h2>
      <dl className="used">
        {terms.assumptions.map((one) => {
          const its = value[one.code] ?? null
          const shown = its === null ? '' : one.unit === 'share' ? w.percent(its, 3) : w.n(its)
          const unit = unitOf(one.unit, its, w)
          return (
            <div key={one.code}>
              <dt>{w.name(one)}</dt>
              <dd>
                <b>
                  {shown} {unit}
                </b>{' '}
                <Basis term={one} value={its} today={of.today} />
              </dd>
            </div>
          )
        })}
      </dl>
      <h3>{w.t('re.left_out')}</h3>
      <ul className="left-out">
        {terms.left_out.map((one) => (
          <li key={one.en}>{w.name(one)}</li>
        ))}
      </ul>
    </section>
  )
}
