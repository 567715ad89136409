import { useCallback, useEffect, useMemo, useState } from 'react'
import { ApiError, api } from './api/client'
import { type Resource, useResource } from './api/resource'
import type { AreaEntry, AreaName, Situation } from './api/types'
import { useWords } from './i18n'
import { AreaPanels } from './parts/AreaPanels'
import { Checks } from './parts/Checks'
import { CurvePanel } from './parts/CurvePanel'
import { Footer } from './parts/Footer'
import { Header } from './parts/Header'
import { asOf, Heading } from './parts/Heading'
import { KeyFigures } from './parts/KeyFigures'
import { NoticePanel } from './parts/NoticePanel'
import { Origin, type OriginOf } from './parts/Origin'
import { Picks } from './parts/Picks'
import { ReadBox } from './parts/ReadBox'
import { Empty, Failure, Loading } from './parts/States'
import { WallBar } from './parts/Wall'
import { useSession } from './session'
import type { View } from './view'

interface Props {
  view: View
  change: (part: Partial<View>, replace?: boolean) => void
}

/** The situation of an area as of a moment. */
export function Page({ view, change }: Props) {
  const w = useWords()
  const { session, ...sessionAsked } = useSession()
  const areas = useResource(session && 'areas', api.areas, 'keep', ['bulletins'])
  const code = view.area ?? latest(areas.data ?? [])?.code ?? null
  const situation = useResource(
    session && code && `${code}|${view.asOf}|${view.knownAt}`,
    (signal) => api.situation(code as string, view.asOf, view.knownAt, signal),
    'keep',
    view.knownAt ? undefined : ['bulletins'],
  )
  const [origin, setOrigin] = useState<OriginOf | null>(null)
  const answer = standing(situation, code)
  const shown = useMemo(
    () => answer && { ...answer, titles: { ...session?.metrics, ...answer.titles } },
    [answer, session],
  )
  const area: AreaName | undefined = areas.data?.find((a) => a.code === code) ?? shown?.area

  useEffect(() => {
    document.title = area ? w.t('page.title', { area: w.name(area) }) : w.t('page.title.none')
  }, [area, w])
  useReturn(() => {
    for (const part of [sessionAsked, areas, situation]) if (part.error) part.retry()
  })
  const show = useCallback((of: OriginOf) => setOrigin(of), [])
  const failed = sessionAsked.error ?? areas.error ?? situation.error

  return (
    <>
      <Header view={view} change={change} room="figures">
        <Picks view={view} change={change} areas={areas.data ?? []} code={code} situation={shown} />
      </Header>
      <main id="main" tabIndex={-1}>
        {failed && (
          <Failure
            error={failed}
            retry={() => {
              if (areas.error) areas.retry()
              if (situation.error) situation.retry()
              if (sessionAsked.error) sessionAsked.retry()
            }}
          />
        )}
        {!shown && !failed && (sessionAsked.loading || areas.loading || situation.loading) && <Loading />}
        {areas.data?.length === 0 && <Empty title={w.t('state.empty.title')} text={w.t('state.empty.text')} />}
        {shown && code && (
          <div className={situation.loading ? 'stale' : undefined} aria-busy={situation.loading}>
            <Shown situation={shown} view={view} change={change} show={show} />
          </div>
        )}
        <ReadBox code={code} areas={areas.data ?? []} titles={session?.metrics ?? {}} situation={shown} />
      </main>
      <Footer situation={shown} />
      {shown && <Origin of={origin} close={() => setOrigin(null)} situation={shown} knownAt={view.knownAt} />}
    </>
  )
}

interface ShownProps extends Props {
  situation: Situation
  show: (of: OriginOf) => void
}

function Shown({ situation, view, change, show }: ShownProps) {
  const w = useWords()
  const metric = useMemo(() => {
    if (situation.metrics.includes(view.metric)) return view.metric
    return situation.metrics[0] ?? view.metric
  }, [situation, view.metric])
  return (
    <>
      <WallBar area={w.name(situation.area)} asOf={asOf(situation, w)} />
      <Heading situation={situation} knownAt={view.knownAt} />
      <KeyFigures situation={situation} show={show} />
      <Checks situation={situation} show={show} />
      <AreaPanels situation={situation} metric={metric} choose={(m) => change({ metric: m }, true)} show={show} />
      <div className="two">
        <CurvePanel situation={situation} />
        <NoticePanel situation={situation} knownAt={view.knownAt} />
      </div>
    </>
  )
}

/**
 * What may stand on the page: the answer, the one before while the next is awaited, and the last one of the same area
 * when the server cannot be reached. Never the numbers of something else than what was asked for.
 */
function standing({ data, error }: Resource<Situation>, code: string | null): Situation | null {
  if (!error) return data
  const unreachable = error instanceof ApiError && error.kind === 'unreachable'
  return unreachable && data?.area.code === code ? data : null
}

/** The area of the newest notice. */
function latest(areas: readonly AreaEntry[]): AreaEntry | undefined {
  const at = (a: AreaEntry) => (a.latest_as_of ? Date.parse(a.latest_as_of) : 0)
  return [...areas].sort((a, b) => at(b) - at(a))[0]
}

/** Asks again when the network comes back. */
function useReturn(again: () => void) {
  useEffect(() => {
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  })
}
