import { lazy, Suspense, useEffect, useMemo } from 'react'
import { isWall } from './api/device'
import { WordsContext, words } from './i18n'
import { Connection } from './parts/Connection'
import { Footer } from './parts/Footer'
import { Guarded } from './parts/Guarded'
import { Header } from './parts/Header'
import { Loading } from './parts/States'
import { useWall, WallContext } from './parts/Wall'
import { type Route, useRoute } from './route'
import { home, SessionProvider, signedIn, useSession } from './session'
import { useView, type View } from './view'

const Page = lazy(() => import('./Page').then(({ Page }) => ({ default: Page })))
const Rooms = lazy(() => import('./rooms/Rooms'))
const Dressed = lazy(() => import('./parts/Dressed'))
const Moved = lazy(() => import('./rooms/sign-in/Moved'))
const Again = lazy(() => import('./rooms/sign-in/Again'))
const Returning = lazy(() => import('./rooms/sign-in/Returning'))

/** The page in its language. */
export function Desk() {
  const [view, change] = useView()
  const route = useRoute()
  const spoken = useMemo(() => words(view.lang), [view.lang])
  const wall = useWall(view.wall, change)
  useEffect(() => {
    document.documentElement.lang = view.lang === 'zh' ? 'zh-CN' : 'en'
  }, [view.lang])
  return (
    <WordsContext value={spoken}>
      <SessionProvider>
        <WallContext value={wall}>
          <Standing view={view} change={change} route={route} />
        </WallContext>
      </SessionProvider>
    </WordsContext>
  )
}

interface StandingProps {
  view: View
  change: (part: Partial<View>, replace?: boolean) => void
  route: Route
}

/** What is open. When the session has ended, or another window put on another hat, it stays as it is, out of sight, until
 * the same person is back. */
function Standing({ view, change, route: asked }: StandingProps) {
  const standing = useSession()
  const { session, loading, expired, moved, generation, may } = standing
  const route = asked.room !== 'home' ? asked : beginning()
  /** An address that names an area is a view of its figures, whoever opens it. */
  function beginning(): Route {
    if (!session && loading) return { room: view.area ? 'figures' : 'today' } // who it is decides; until then nothing of any room is asked
    return view.area && may('bulletins.read') ? { room: 'figures' } : home(standing)
  }
  const returns = isWall() && (expired || (session !== null && !signedIn(session)))
  return (
    <>
      <div className="desk" hidden={returns || expired || moved !== null} key={generation}>
        {route.room === 'figures' ? (
          <Guarded of={route.room}>
            <Suspense fallback={<Loading />}>
              <Page view={view} change={change} />
            </Suspense>
          </Guarded>
        ) : (
          <>
            <Guarded of={route.room}>
              <Header view={view} change={change} room={route.room} />
            </Guarded>
            <Guarded of={route.room}>
              <Suspense
                fallback={
                  <main>
                    <Loading />
                  </main>
                }
              >
                <Rooms route={route} />
              </Suspense>
            </Guarded>
            <Footer situation={null} />
          </>
        )}
      </div>
      {(returns || expired || moved) && (
        <Guarded of={route.room}>
          <Suspense fallback={null}>
            <Dressed>{returns ? <Returning /> : expired ? <Again /> : <Moved />}</Dressed>
          </Suspense>
        </Guarded>
      )}
      <Connection />
    </>
  )
}
