import { useResource } from '../../api/resource'
import { type Clocks, type Grade as Level, type Graded, type Grades, warning } from '../../api/warning'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Evidence } from '../warning/Evidence'
import { DISEASE } from './about'
import { Decide } from './Decide'
import { useSpoken } from './words'

/** The risk of each county and the class of each community, with what they rest on. */
export function Classes({ area, clocks }: { area: string; clocks: Clocks }) {
  return (
    <div className="sums">
      <Classing of="risk" scheme="county" area={area} clocks={clocks} />
      <Classing of="communities" scheme="community" area={area} clocks={clocks} />
    </div>
  )
}

interface Props {
  of: 'risk' | 'communities'
  scheme: 'county' | 'community'
  area: string
  clocks: Clocks
}

function Classing({ of, scheme, area, clocks }: Props) {
  const w = useSpoken()
  const found = useResource(`${of}|${area}|${clocks.as_of}|${clocks.known_at}`, (signal) =>
    warning.grades(of, area, DISEASE, clocks, signal),
  )
  const title = w.t(`cl.${of}`)
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && <Listed title={title} of={found.data} scheme={scheme} decided={found.retry} />}
    </section>
  )
}

interface ListedProps {
  title: string
  of: Grades
  scheme: Props['scheme']
  decided: () => void
}

function Listed({ title, of, scheme, decided }: ListedProps) {
  const w = useSpoken()
  const { may } = useSession()
  const named = new Map(of.levels.map((one) => [one.code, one]))
  return (
    <>
      <p className="muted small">
        {of.edition
          ? w.t('cl.edition', { name: w.name(of.edition), from: w.day(of.edition.begins) })
          : w.t('cl.edition.none')}
        {of.unplaced > 0 && ` ${w.t('cl.unplaced', { n: w.n(of.unplaced) })}`}
      </p>
      {!of.areas.length && <p className="muted">{w.t(`cl.none.${scheme}`)}</p>}
      {of.areas.length > 0 && (
        <Grid
          label={title}
          rows={of.areas}
          keyOf={(one) => one.area}
          columns={[
            { key: 'area', title: w.t('cl.area'), head: true, cell: (one) => <AreaName code={one.area} /> },
            {
              key: 'class',
              title: w.t('cl.class'),
              cell: (one) => (
                <>
                  <Standing of={one} level={named.get(one.decision?.to ?? one.level ?? '')} />
                  {one.asks.length > 0 && may('warning.review') && (
                    <Decide scheme={scheme} area={one.area} grades={of.levels} done={decided} />
                  )}
                </>
              ),
            },
            {
              key: 'evidence',
              title: w.t('cl.evidence'),
              cell: (one) => (
                <>
                  {one.step && <p className="small">{w.name(one.step)}</p>}
                  <Evidence of={one.evidence} />
                </>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

function Standing({ of, level }: { of: Graded; level: Level | undefined }) {
  const w = useSpoken()
  const { decision } = of
  return (
    <>
      <span className={`tag level-${level?.code ?? null}`}>{level ? w.name(level) : w.t('cl.unknown')}</span>
      {decision && (
        <span className="block small">
          {w.t('cl.decided', {
            role: w.name({ zh: decision.role_zh, en: decision.role_en }),
            day: w.day(decision.at),
            until: w.day(decision.until),
          })}{' '}
          {decision.reason}
        </span>
      )}
      {!decision && of.asks.length > 0 && (
        <span className="block small">
          <b>{w.t('cl.person')}</b>: {of.asks.map(w.name).join(w.t('list.comma'))}
        </span>
      )}
    </>
  )
}
