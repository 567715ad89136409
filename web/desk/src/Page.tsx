import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { ApiError, api, latest } from './api/client'
import { type Resource, useResource } from './api/resource'
import type { AreaName, Situation } from './api/types'
import { useWords } from './i18n'
import { Checks } from './parts/Checks'
import { Footer } from './parts/Footer'
import { Header } from './parts/Header'
import { asOf, Heading } from './parts/Heading'
import { KeyFigures } from './parts/KeyFigures'
import { useLater } from './parts/later'
import type { OriginOf } from './parts/Origin'
import { Empty, Failure, Loading } from './parts/States'
import { WallBar } from './parts/Wall'
import { useSession } from './session'
import type { View } from './view'

const Picks = lazy(() => import('./parts/Picks'))
const Below = lazy(() => import('./parts/Below'))
const ReadBox = lazy(() => import('./parts/ReadBox'))
const Origin = lazy(() => import('./parts/Origin'))

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
  const later = useLater(Boolean(shown || failed || areas.data?.length === 0))

  return (
    <>
      <Header view={view} change={change} room="figures">
        <Suspense fallback={<div className="picks" />}>
          {later && <Picks view={view} change={change} areas={areas.data ?? []} code={code} situation={shown} />}
        </Suspense>
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
            <Shown situation={shown} view={view} change={change} show={show} later={later} />
          </div>
        )}
        {later && (
          <Suspense fallback={null}>
            <ReadBox code={code} areas={areas.data ?? []} titles={session?.metrics ?? {}} situation={shown} />
          </Suspense>
        )}
      </main>
      <Footer situation={shown} />
      {shown && later && (
        <Suspense fallback={null}>
          <Origin of={origin} close={() => setOrigin(null)} situation={shown} knownAt={view.knownAt} />
        </Suspense>
      )}
    </>
  )
}

interface ShownProps extends Props {
  situation: Situation
  show: (of: OriginOf) => void
  /** Whether what stands below may come. */
  later: boolean
}

function Shown({ situation, view, change, show, later }: ShownProps) {
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
      <Suspense fallback={<Loading />}>
        {later ? (
          <Below
            situation={situation}
            knownAt={view.knownAt}
            metric={metric}
            choose={(m) => change({ metric: m }, true)}
            show={show}
          />
        ) : (
          <Loading />
        )}
      </Suspense>
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

/** Asks again when the network comes back. */
function useReturn(again: () => void) {
  useEffect(() => {
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  })
}
