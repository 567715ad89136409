import type { ReactNode } from 'react'
import { type Resource, useResource } from '../../api/resource'
import { type Clocks, type Communities, type Graded, type Risk, warning } from '../../api/warning'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { Evidence } from '../warning/Evidence'
import { useSession } from '../../session'
import { DISEASE } from './about'
import { Decide } from './Decide'
import { useSpoken } from './words'

/** The risk of each county and the class of each community, with what they rest on. */
export function Classes({ area, clocks }: { area: string; clocks: Clocks }) {
  const w = useSpoken()
  const key = `${area}|${clocks.as_of}|${clocks.known_at}`
  const risk = useResource(`risk|${key}`, (signal) => warning.risk(area, DISEASE, clocks, signal))
  const communities = useResource(`communities|${key}`, (signal) => warning.communities(area, DISEASE, clocks, signal))
  return (
    <div className="sums">
      <Classing title={w.t('cl.risk')} of={risk}>
        {risk.data && (
          <Graders
            title={w.t('cl.risk')}
            none={w.t('cl.none')}
            rows={risk.data.counties.map((one) => ({ ...one, grade: one.level }))}
            of={risk.data}
            scheme="county"
            decided={risk.retry}
            grades={risk.data.levels}
          />
        )}
      </Classing>
      <Classing title={w.t('cl.community')} of={communities}>
        {communities.data && (
          <Graders
            title={w.t('cl.community')}
            none={w.t('cl.none.community')}
            rows={communities.data.communities.map((one) => ({ ...one, grade: one.class }))}
            of={communities.data}
            scheme="community"
            decided={communities.retry}
            grades={communities.data.classes}
          />
        )}
      </Classing>
    </div>
  )
}

function Classing({ title, of, children }: { title: string; of: Resource<unknown>; children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {of.error && <Failure error={of.error} retry={of.retry} told />}
      {!of.data && of.loading && <Loading />}
      {children}
    </section>
  )
}

interface Props {
  title: string
  none: string
  rows: (Graded & { grade: string | null })[]
  of: Pick<Risk | Communities, 'edition' | 'unplaced'>
  grades: Risk['levels']
  scheme: 'county' | 'community'
  decided: () => void
}

function Graders({ title, none, rows, of, grades, scheme, decided }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const named = new Map(grades.map((one) => [one.code, one]))
  return (
    <>
      <p className="muted small">
        {of.edition
          ? w.t('cl.edition', { name: w.name(of.edition), from: w.day(of.edition.begins) })
          : w.t('cl.edition.none')}
        {of.unplaced > 0 && ` ${w.t('cl.unplaced', { n: w.n(of.unplaced) })}`}
      </p>
      {!rows.length && <p className="muted">{none}</p>}
      {rows.length > 0 && (
        <Grid
          label={title}
          rows={rows}
          keyOf={(one) => one.area}
          columns={[
            { key: 'area', title: w.t('cl.area'), head: true, cell: (one) => <AreaName code={one.area} /> },
            {
              key: 'class',
              title: w.t('cl.class'),
              cell: (one) => (
                <>
                  <Grade of={one} name={named.get(one.decision?.to ?? one.grade ?? '')} />
                  {one.asks.length > 0 && may('warning.review') && (
                    <Decide scheme={scheme} area={one.area} grades={grades} done={decided} />
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

function Grade({ of, name }: { of: Props['rows'][number]; name: Risk['levels'][number] | undefined }) {
  const w = useSpoken()
  return (
    <>
      <span className={`tag level-${of.decision?.to ?? of.grade}`}>{name ? w.name(name) : w.t('cl.unknown')}</span>
      {of.decision && (
        <span className="block small">
          {w.t('cl.decided', { role: of.decision.role, day: w.day(of.decision.at), until: w.day(of.decision.until) })}{' '}
          {of.decision.reason}
        </span>
      )}
      {!of.decision && of.asks.length > 0 && (
        <span className="block small">
          <b>{w.t('cl.person')}</b>: {of.asks.map(w.name).join(w.t('list.comma'))}
        </span>
      )}
    </>
  )
}
