import type { Board, Difference, PlanTask, Review } from '../../api/drill'
import type { Column, Picture } from '../../chart/plot/picture'
import { PlotFigure } from '../../chart/plot/PlotFigure'
import { Grid } from '../../forms/Grid'
import { useSpoken } from './words'

/** What happened day by day beside what the record was told. */
export function Curve({ of, board }: { of: Review; board: Board }) {
  const w = useSpoken()
  const [first, last] = [of.days[0], of.days.at(-1)]
  if (!first || !last) return null
  const lines = [
    { key: 'infected', colour: 'var(--muted)' },
    { key: 'onset', colour: 'var(--data-alarm)' },
    { key: 'reported', colour: 'var(--data-line)' },
  ] as const
  const at = new Map(of.days.map((one) => [one.date, one]))
  const picture: Picture = {
    from: first.date,
    to: last.date,
    layers: lines.map(({ key, colour }) => ({
      as: 'line',
      name: w.t(`drill.${key}`),
      colour,
      points: of.days.map((one) => ({ day: one.date, at: one[key] })),
    })),
  }
  const columns: Column[] = lines.map(({ key }) => ({
    key,
    title: w.t(`drill.${key}`),
    of: (day) => at.get(day)?.[key],
  }))
  const sum = (key: 'infected' | 'onset' | 'reported') => w.n(of.days.reduce((all, one) => all + one[key], 0))
  const since = (key: 'infected' | 'reported') => {
    const found = of.days.find((one) => one[key] > 0)
    return found ? w.t(`drill.first.${key}`, { day: w.day(found.date) }) : ''
  }
  const said = w.t('drill.curve.reading', { infected: sum('infected'), onset: sum('onset'), reported: sum('reported') })
  return (
    <PlotFigure
      title={w.t('drill.curve')}
      reading={`${said}${since('infected')}${since('reported')}`}
      picture={picture}
      columns={columns}
      say={w.n}
      about={{
        line: `${board.name} · ${w.t('drill.as_of', { n: w.n(of.facts) })}`,
        columns: { drill: board.name, record: String(of.facts) },
      }}
      file={`${board.name}-days`}
    />
  )
}

/** Every kind of injected error: of how many, how many show and were taken up, and when. */
export function Errors({ of }: { of: Review }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="drill-errors">
      <header>
        <h2 id="drill-errors">{w.t('drill.errors')}</h2>
        <p className="muted">{w.t(of.errors.length ? 'drill.errors.text' : 'drill.errors.none')}</p>
      </header>
      {of.errors.length > 0 && (
        <Grid
          label={w.t('drill.errors')}
          rows={of.errors}
          keyOf={(one) => `${one.error}|${one.by}`}
          columns={[
            {
              key: 'error',
              title: w.t('drill.error'),
              head: true,
              cell: (one) => (
                <>
                  {w.name(one)}
                  {one.by && <span className="muted small block">{w.name({ zh: one.by_zh, en: one.by_en })}</span>}
                </>
              ),
            },
            { key: 'injected', title: w.t('drill.injected'), cell: (one) => w.n(one.injected) },
            { key: 'shows', title: w.t('drill.shows'), cell: (one) => w.n(one.shows) },
            { key: 'taken_up', title: w.t('drill.taken_up'), cell: (one) => w.n(one.taken_up) },
            {
              key: 'after',
              title: w.t('drill.after'),
              cell: (one) =>
                one.median_days === null
                  ? '—'
                  : w.t('drill.after.days', { n: w.n(Math.round(one.median_days * 10) / 10) }),
            },
          ]}
        />
      )}
    </section>
  )
}

/** What came of the tasks of plans that were put into action. */
export function Tasks({ of }: { of: Review }) {
  const w = useSpoken()
  if (!of.tasks.length) return null
  const done = (one: PlanTask) => {
    if (one.done === null) return <span className="tag fails">{w.t('drill.task.undone')}</span>
    const late = Date.parse(one.done) > Date.parse(one.due)
    return (
      <>
        {w.stamp(one.done)} {late && <span className="tag warns">{w.t('drill.task.late')}</span>}
        {one.hand && <span className="muted small block">{w.t('drill.task.hand')}</span>}
      </>
    )
  }
  return (
    <section className="card" aria-labelledby="drill-tasks">
      <header>
        <h2 id="drill-tasks">{w.t('drill.tasks')}</h2>
      </header>
      <Grid
        label={w.t('drill.tasks')}
        rows={of.tasks.map((one, number) => ({ ...one, number }))}
        keyOf={(one) => String(one.number)}
        columns={[
          {
            key: 'item',
            title: w.t('drill.task'),
            head: true,
            cell: (one) => (
              <>
                {w.name(both(one.item))}
                <span className="muted small block">{w.name(both(one.plan))}</span>
              </>
            ),
          },
          { key: 'unit', title: w.t('drill.unit'), cell: (one) => w.name(both(one.unit)) },
          { key: 'due', title: w.t('drill.due'), cell: (one) => w.stamp(one.due) },
          { key: 'done', title: w.t('drill.done'), cell: done },
        ]}
      />
    </section>
  )
}

function both(of: Record<string, string>): { zh: string; en: string } {
  return { zh: of.zh ?? '', en: of.en ?? '' }
}

/** What no injected error explains. */
export function Others({ of }: { of: Review }) {
  const w = useSpoken()
  const row = (values: unknown[] | null | undefined) => (values ? JSON.stringify(values) : w.t('drill.null'))
  return (
    <section className="card" aria-labelledby="drill-others">
      <header>
        <h2 id="drill-others">{w.t('drill.others')}</h2>
        <p className="muted">
          {of.others
            ? w.t('drill.others.text', { n: w.n(of.others), shown: w.n(of.differences.length) })
            : w.t('drill.others.none')}
        </p>
      </header>
      {of.differences.length > 0 && (
        <Grid
          label={w.t('drill.others')}
          rows={of.differences}
          keyOf={(one: Difference) => `${one.code}|${JSON.stringify(one.key)}`}
          columns={[
            { key: 'register', title: w.t('drill.register'), head: true, cell: (one) => w.name(one) },
            { key: 'key', title: w.t('drill.key'), cell: (one) => <code>{row(one.key)}</code> },
            { key: 'expected', title: w.t('drill.expected'), cell: (one) => <code>{row(one.expected)}</code> },
            { key: 'held', title: w.t('drill.held'), cell: (one) => <code>{row(one.held)}</code> },
          ]}
        />
      )}
    </section>
  )
}

/** Which registers were compared. */
export function Registers({ of }: { of: Review }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="drill-registers">
      <header>
        <h2 id="drill-registers">{w.t('drill.registers')}</h2>
      </header>
      <Grid
        label={w.t('drill.registers')}
        rows={of.registers}
        keyOf={(one) => one.code}
        columns={[
          { key: 'register', title: w.t('drill.register'), head: true, cell: (one) => w.name(one) },
          { key: 'rows', title: w.t('drill.rows'), cell: (one) => w.n(one.rows) },
          { key: 'others', title: w.t('drill.others'), cell: (one) => w.n(one.others) },
        ]}
      />
    </section>
  )
}
