import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { useResource } from '../../api/resource'
import { type Clocks, type Grade as Level, type Graded, type Grades, warning } from '../../api/warning'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { Term } from '../../parts/Term'
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

const PAGE = 30
/** What each is called in the glossary. */
const TERMS = { risk: 'risk of a county', communities: 'community class' }

interface Props {
  of: 'risk' | 'communities'
  scheme: 'county' | 'community'
  area: string
  clocks: Clocks
}

function Classing({ of, scheme, area, clocks }: Props) {
  const w = useSpoken()
  const id = useId()
  const [edition, choose] = useState('')
  const found = useResource(`${of}|${area}|${clocks.as_of}|${clocks.known_at}|${edition}`, (signal) =>
    warning.grades(of, area, DISEASE, edition, clocks, signal),
  )
  const title = w.t(`cl.${of}`)
  const editions = found.data?.editions ?? []
  return (
    <section className="card" aria-label={title}>
      <h2>
        <Term room="area" of={TERMS[of]}>
          {title}
        </Term>
      </h2>
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && (
        <>
          <div className="pick inline edition">
            <label htmlFor={id}>{w.t('cl.by')}</label>
            <Select
              id={id}
              value={edition}
              onChange={choose}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: w.t('cl.by.day') },
                ...editions.map((one) => ({ value: one.code, label: `${w.name(one)} (${one.code})` })),
              ]}
            />
          </div>
          <Listed title={title} of={found.data} scheme={scheme} decided={found.retry} />
        </>
      )}
    </section>
  )
}

interface ListedProps {
  title: string
  of: Grades
  scheme: Props['scheme']
  decided: () => void
}

/** Those first that are above the lowest level or wait for a person; the others when they are asked for. */
function Listed({ title, of, scheme, decided }: ListedProps) {
  const w = useSpoken()
  const { may } = useSession()
  const [shown, setShown] = useState(PAGE)
  const [whole, setWhole] = useState(false)
  if (!of.edition) return <p className="muted">{w.t('cl.edition.none')}</p>
  const named = new Map(of.levels.map((one) => [one.code, one]))
  const lowest = of.levels[0]?.code
  const apart = of.areas.filter((one) => one.level !== lowest || one.decision || one.asks.length > 0)
  const all = whole ? of.areas : apart
  const left = whole ? 0 : of.areas.length - apart.length
  return (
    <>
      <p className="muted small">
        {w.t('cl.edition', { name: w.name(of.edition), from: w.day(of.edition.begins) })}
        {of.unplaced > 0 && ` ${w.t('cl.unplaced', { n: w.n(of.unplaced) })}`}
      </p>
      <p>{of.levels.map((one) => `${w.name(one)} ${w.n(of.counts[one.code] ?? 0)}`).join(' · ')}</p>
      {!of.areas.length && <p className="muted">{w.t(`cl.none.${scheme}`)}</p>}
      {all.length > 0 && (
        <Grid
          label={title}
          rows={all.slice(0, shown)}
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
      {shown < all.length && (
        <Button size="small" onClick={() => setShown((n) => n + PAGE)}>
          {w.t('cl.more', { n: w.n(Math.min(PAGE, all.length - shown)) })}
        </Button>
      )}
      {left > 0 && (
        <Button size="small" onClick={() => setWhole(true)}>
          {w.t('cl.rest', { n: w.n(left), level: w.name(named.get(lowest ?? '') ?? { zh: '', en: '' }) })}
        </Button>
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
      {level && <span className="muted small block">{w.name({ zh: level.strategy_zh, en: level.strategy_en })}</span>}
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
