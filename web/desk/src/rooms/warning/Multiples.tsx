import { useRef } from 'react'
import { useResource } from '../../api/resource'
import { type Clocks, type Parts, warning } from '../../api/warning'
import { Drawing } from '../../chart/plot/Drawing'
import { sheetOf } from '../../chart/plot/files'
import { PlotFiles } from '../../chart/plot/PlotFiles'
import { csvOf, type Picture } from '../../chart/plot/picture'
import { dayAfter } from '../../chart/plot/scale'
import { Failure } from '../../parts/States'
import { pathOf } from '../../route'
import { useSpoken, type Words } from './words'

const DISEASE = 'ncov-2020'
const DAYS = 28
const MOST = 60
/** How many stand side by side on a saved picture. */
const ACROSS = 6
const WIDTH = 200
const HEIGHT = 96
const BAR = 'var(--data-band-inner)'
const ALARM = 'var(--data-alarm)'

/** A small plot for each part of an area that had a case, on one scale, those with most cases first. */
export function Multiples({ area, name, clocks }: { area: string; name: string; clocks: Clocks }) {
  const w = useSpoken()
  const list = useRef<HTMLUListElement>(null)
  const found = useResource(`series|${area}|${clocks.known_at}`, (signal) =>
    warning.series(area, DISEASE, DAYS, clocks, signal),
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return null
  const of = found.data
  const parts = drawnOf(of)
  const highest = Math.max(1, ...parts.flatMap((part) => part.days.map((one) => one.n)))
  return (
    <section className="card" aria-labelledby="multiples">
      <header>
        <h2 id="multiples">{w.t('wa.multiples', { days: DAYS })}</h2>
        {parts.length > 0 && (
          <PlotFiles
            title={w.t('wa.multiples', { days: DAYS })}
            about={aboutOf(of, name, w)}
            file={`${area}-${of.as_of}-series`}
            csv={() => csvOfParts(of)}
            drawn={() => sheetOf(drawings(list.current, parts, w), ACROSS)}
          />
        )}
      </header>
      <p className="muted small">{w.t(parts.length ? 'wa.multiples.text' : 'wa.multiples.none', { days: DAYS })}</p>
      <ul className="small-multiples" ref={list}>
        {parts.map((part) => (
          <li key={part.area}>
            <a href={`${pathOf({ room: 'area' })}?area=${part.area}`}>{w.name(part)}</a>
            <Drawing
              of={pictureOf(part, of.as_of, highest)}
              width={WIDTH}
              height={HEIGHT}
              label={labelOf(part, w)}
              say={w.n}
              bare
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

type Part = Parts['parts'][number]

const alarmDays = (part: Part) => [...new Set(part.alarms.map((one) => one.day))]

const sumOf = (part: Part) => part.days.reduce((sum, one) => sum + one.n, 0)

function drawnOf(of: Parts): Part[] {
  return of.parts
    .filter((part) => sumOf(part) > 0 || part.alarms.length > 0)
    .sort((a, b) => b.alarms.length - a.alarms.length || sumOf(b) - sumOf(a))
    .slice(0, MOST)
}

const labelOf = (part: Part, w: Words) =>
  w.t('wa.multiples.label', {
    area: w.name(part),
    days: DAYS,
    n: w.n(sumOf(part)),
    alarms: w.n(alarmDays(part).length),
  })

function pictureOf(part: Part, asOf: string, highest: number): Picture {
  const n = new Map(part.days.map((one) => [one.day, one.n]))
  const from = dayAfter(asOf, 1 - DAYS)
  return {
    from,
    to: asOf,
    least: highest,
    layers: [
      { as: 'bars', name: '', colour: BAR, points: part.days.map((one) => ({ day: one.day, at: one.n })) },
      {
        as: 'marks',
        name: '',
        colour: ALARM,
        points: alarmDays(part)
          .filter((day) => day >= from)
          .map((day) => ({ day, at: n.get(day) ?? 0 })),
      },
    ],
  }
}

/** The drawings as they stand on the page. */
function drawings(list: HTMLUListElement | null, parts: Part[], w: Words) {
  return [...(list?.querySelectorAll('svg') ?? [])].map((svg, at) => ({ name: w.name(parts[at] as Part), svg }))
}

function aboutOf(of: Parts, name: string, w: Words): string {
  const known = of.known_at ? w.stamp(of.known_at) : w.t('wa.known.now')
  return w.t('wa.about', { area: name, day: w.day(of.as_of), known, seq: w.n(of.seq) })
}

/** All parts, also those without a case: a line for each part and day. */
function csvOfParts(of: Parts): string {
  const each = of.parts.map((part) => {
    const n = new Map(part.days.map((one) => [one.day, one.n]))
    const columns = [
      { key: 'cases', title: '', of: (day: string) => n.get(day) ?? null },
      { key: 'alarm', title: '', of: (day: string) => Number(alarmDays(part).includes(day)) },
    ]
    const about = { area: part.area, as_of: of.as_of, known_at: of.known_at ?? '', seq: String(of.seq) }
    return csvOf([...n.keys()], columns, about)
  })
  return each.map((lines, at) => (at === 0 ? lines : lines.slice(lines.indexOf('\n') + 1))).join('')
}
