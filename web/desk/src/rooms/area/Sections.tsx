import { useResource } from '../../api/resource'
import { type Clocks, warning } from '../../api/warning'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure } from '../../parts/States'
import { pathOf } from '../../route'
import { DISEASE } from './about'
import { useSpoken } from './words'

/** The questions of a risk assessment with what the registers say to each, and cases whose source is still looked for. */
export function Sections({ area, clocks }: { area: string; clocks: Clocks }) {
  const w = useSpoken()
  const found = useResource(`assessment|${area}|${clocks.as_of}|${clocks.known_at}`, (signal) =>
    warning.assessment(area, DISEASE, clocks, signal),
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return null
  const { sections, untraced, chains, source } = found.data
  return (
    <section className="card" aria-labelledby="risk-sections">
      <h2 id="risk-sections">{w.t('as.title')}</h2>
      {sections.map((one) => (
        <div key={one.code}>
          <h3>{w.name(one)}</h3>
          <ul className="in-short">
            {one.lines.map((line) => (
              <li key={line.en}>{w.name(line)}</li>
            ))}
          </ul>
        </div>
      ))}
      <h3>{w.t('as.untraced')}</h3>
      {!untraced?.length && <p className="muted">{w.t(untraced ? 'as.untraced.none' : 'as.untraced.sums')}</p>}
      {untraced && untraced.length > 0 && (
        <Grid
          label={w.t('as.untraced')}
          rows={untraced}
          keyOf={(one) => one.case}
          columns={[
            {
              key: 'case',
              title: w.t('as.case'),
              head: true,
              cell: (one) => <a href={pathOf({ room: 'case', id: one.case })}>{one.case.slice(-6)}</a>,
            },
            { key: 'area', title: w.t('area.area'), cell: (one) => <AreaName code={one.area} /> },
            { key: 'confirmed', title: w.t('by.confirmation'), cell: (one) => w.stamp(one.confirmed_at) },
            { key: 'due', title: w.t('as.due'), cell: (one) => (one.due ? w.stamp(one.due) : '—') },
          ]}
        />
      )}
      <h3>{w.t('pack.chains')}</h3>
      <p>
        {chains === null
          ? w.t('pack.chains.past')
          : chains.links
            ? w.t('pack.chains.read', {
                n: w.n(chains.cases),
                m: w.n(chains.links),
                k: w.n(chains.chains),
                g: w.n(chains.generation),
              })
            : w.t('pack.chains.none')}
      </p>
      <p className="muted small">{source}</p>
    </section>
  )
}
