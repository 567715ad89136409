import { Button } from 'antd'
import { useResource } from '../../api/resource'
import { type Clocks, type Spread, warning } from '../../api/warning'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Failure } from '../../parts/States'
import { aboutOf, DISEASE } from './about'
import { reaching } from './pictures'
import { useSpoken } from './words'

interface Props {
  area: string
  clocks: Clocks
  name: string
}

/** Which areas had their first case on which day, and where cases came from. */
export function Spreading({ area, clocks, name }: Props) {
  const w = useSpoken()
  const found = useResource(`spread|${area}|${clocks.as_of}|${clocks.known_at}`, (signal) =>
    warning.spread(area, DISEASE, clocks, signal),
  )
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return null
  const of = found.data
  const about = aboutOf(of, name, clocks, w)
  const reached = of.days.filter((one) => one.newly.length > 0)
  return (
    <>
      {reached.length > 0 ? (
        <PlotFigure
          title={w.t('sp.title')}
          reading={<p>{w.name(of.reading)}</p>}
          {...reaching(of.days, w)}
          say={w.n}
          about={about}
          file={`${about.file}-spread`}
          height={180}
        >
          <details>
            <summary>{w.t('sp.which')}</summary>
            <ul className="reached">
              {[...reached].reverse().map((one) => (
                <li key={one.day}>
                  <b>{w.day(one.day)}</b> {one.newly.map(w.name).join(w.t('list.comma'))}
                </li>
              ))}
            </ul>
          </details>
        </PlotFigure>
      ) : (
        <section className="card" aria-label={w.t('sp.title')}>
          <h2>{w.t('sp.title')}</h2>
          <p className="muted">{w.t('sp.none')}</p>
        </section>
      )}
      <Matrix of={of} area={area} />
    </>
  )
}

/** Where the cases that were found in an area came from, area by area. */
function Matrix({ of, area }: { of: Spread; area: string }) {
  const w = useSpoken()
  const rows = [...new Map(of.matrix.map((one) => [one.to.area, one.to])).values()].map((to) => {
    const from = of.matrix.filter((one) => one.to.area === to.area).sort((a, b) => b.cases - a.cases)
    return { to, from, sum: from.reduce((sum, one) => sum + one.cases, 0) }
  })
  const lines = of.matrix.map((one) => [
    area,
    of.as_of,
    of.known_at ?? '',
    one.came_from?.area ?? '',
    one.to.area,
    one.cases,
  ])
  const kept = [['area', 'as_of', 'known_at', 'from', 'to', 'cases'], ...lines].map((line) => line.join(','))
  return (
    <section className="card" aria-labelledby="matrix">
      <header>
        <h2 id="matrix">{w.t('sp.matrix')}</h2>
        {rows.length > 0 && (
          <Button
            size="small"
            onClick={() => save(`${area}-matrix.csv`, `\ufeff${kept.join('\r\n')}\r\n`, 'text/csv;charset=utf-8')}
          >
            {w.t('sp.matrix.save')}
          </Button>
        )}
      </header>
      {!rows.length && <p className="muted">{w.t('sp.matrix.none')}</p>}
      {rows.length > 0 && (
        <Grid
          label={w.t('sp.matrix')}
          rows={rows.sort((a, b) => b.sum - a.sum)}
          keyOf={(one) => one.to.area}
          columns={[
            { key: 'to', title: w.t('sp.to'), head: true, cell: (one) => w.name(one.to) },
            {
              key: 'from',
              title: w.t('sp.from'),
              cell: (one) => (
                <ul className="sources">
                  {one.from.map((its) => (
                    <li key={its.came_from?.area ?? ''}>
                      {its.came_from ? w.name(its.came_from) : w.t('sp.unknown')} <b>{w.n(its.cases)}</b>
                    </li>
                  ))}
                </ul>
              ),
            },
            { key: 'sum', title: w.t('sp.sum'), cell: (one) => w.n(one.sum) },
          ]}
        />
      )}
    </section>
  )
}
