import '../../styles/situation.css'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ApiError, api } from '../../api/client'
import { type Home, useToday } from '../../api/home'
import { useResource } from '../../api/resource'
import { type Figures, type Indicator, situation, type When } from '../../api/situation'
import { civilDay } from '../../moments'
import { useLater } from '../../parts/later'
import { Failure, Loading } from '../../parts/States'
import { WallBar } from '../../parts/Wall'
import { useSession } from '../../session'
import { AreaList } from './AreaList'
import { CurveFigure } from './CurveFigure'
import { asOf, Head } from './Head'
import { Glance, Rest } from './Key'
import { MapPanel } from './MapPanel'
import { NoRight } from './NoRight'
import { LIVE, type Steps, useSteps } from './steps'
import { TimeBar } from './TimeBar'
import { Tools } from './Tools'
import { ToDo } from './ToDo'
import { type Look, readingOf, useView, type View } from './view'
import { useSpoken } from './words'
import { Wrong } from './Wrong'

const explaining = () => import('./Explain')
const Explain = lazy(explaining)
const Defence = lazy(() => import('../gates/Defence'))
/** What a figure is made of is fetched when the page has come to rest: whoever clicks one does not wait for it. */
const AT_REST_MS = 2_000

/** How an area stands: at a glance, on a day, as it was known, and down to what each number is made of. */
export default function Situation() {
  const { session, may } = useSession()
  if (!session) return null
  if (!may('situation.read')) return <NoRight area={null} />
  return <At home={session.area} />
}

function At({ home }: { home: string }) {
  const [view, look] = useView(home)
  const { data: day } = useToday()
  const registry = useResource('indicators', situation.indicators)
  const whole = useFigures(view.area, view)
  const part = useFigures(view.part, view)
  const today = day ? civilDay(day.now) : !view.day && whole.data ? whole.data.day : null
  const missing = whole.error instanceof ApiError && whole.error.kind === 'missing'
  if (missing) return <NoRight area={home} />
  const failed = registry.error ?? whole.error
  const unreachable = failed instanceof ApiError && failed.kind === 'unreachable' && whole.data
  if (failed && !unreachable) return <Failure error={failed} retry={registry.error ? registry.retry : whole.retry} />
  if (!registry.data || !whole.data || !today) return <Loading />
  return <Page {...{ view, look, day, today, part }} registry={registry.data} found={whole} />
}

function useFigures(area: string | null, { day, known }: View): Steps<Figures> {
  const when: When = { day, known_at: known }
  return useSteps(
    area && `${area}|${day}|${known}`,
    () => situation.figures(area as string, when),
    known ? undefined : LIVE,
  )
}

interface Props {
  view: View
  look: Look
  day: Home | null
  today: string
  registry: Indicator[]
  found: Steps<Figures>
  part: Steps<Figures>
}

function Page({ view, look, day, today, registry, found, part }: Props) {
  const { may } = useSession()
  const whole = found.data as Figures
  const shown = (view.part && part.data?.area.code === view.part ? part.data : null) ?? whole
  const measure = useMeasure(registry, view.measure)
  const w = useSpoken()
  const [pointed, point] = useState<string | null>(null)
  const reading = readingOf(view, today)
  const choose = useCallback(
    (code: string) => look({ part: code === view.part ? null : code }, 'push'),
    [look, view.part],
  )
  const into = useCallback((code: string) => look({ area: code, part: null }, 'push'), [look])
  const [explain, shut] = useDrawer(look)
  const later = useLater()
  const explained = useExplained(view.figure !== null)
  const boundaries = useResource(`boundaries|${view.area}`, (signal) => api.boundaries(view.area, signal))
  if (!measure) return null
  const moved = whole.area.code !== view.area
  const busy = found.loading || part.loading
  const mapped = boundaries.data?.features.length !== 0
  const shared = { view, look, whole, shown, measure, registry, day, today, reading }
  return (
    <div className={moved ? 'situation stale' : 'situation'} aria-busy={busy}>
      <WallBar area={w.name(whole.area)} asOf={asOf(whole, today, w)} />
      <Head {...shared} />
      <div className="card situation-bar">
        <Tools {...shared} into={into} later={later} />
        <TimeBar {...shared} busy={busy} />
      </div>
      <Glance {...shared} explain={explain} />
      {later ? (
        <>
          {!mapped && <p className="muted no-map">{w.t('si.map.none', { area: w.name(whole.area) })}</p>}
          <div className={mapped ? 'two map-and-curve' : undefined}>
            {mapped && <MapPanel {...shared} boundaries={boundaries} pointed={pointed} point={point} choose={choose} />}
            <CurveFigure {...shared} />
          </div>
          <Rest {...shared} explain={explain} />
          <AreaList {...shared} pointed={pointed} point={point} choose={choose} into={into} explain={explain} />
          <div className="two">
            <Wrong {...shared} explain={explain} />
            <ToDo {...shared} explain={explain} />
          </div>
          {may('gates.read') && !view.known && (
            <Suspense fallback={<Loading />}>
              <Defence area={shown.area.code} until={view.day ?? today} />
            </Suspense>
          )}
        </>
      ) : (
        <Loading />
      )}
      {explained && (
        <Suspense fallback={null}>
          <Explain {...shared} close={shut} />
        </Suspense>
      )}
    </div>
  )
}

/** Opens what a figure is made of: of the area that is shown, or of a part that is thereby chosen. */
export type Explained = (key: string, part?: string) => void

/** What each part of the page is given. */
export interface Shared {
  view: View
  look: Look
  /** The area, with its parts. */
  whole: Figures
  /** What figures and curve are of: the part that is chosen, or the area. */
  shown: Figures
  measure: Indicator
  registry: Indicator[]
  /** The viewer's day, once it is there. */
  day: Home | null
  today: string
  reading: ReturnType<typeof readingOf>
}

/** Whether a figure has been opened; from then on the drawer stays, to be shut and opened again. */
function useExplained(open: boolean): boolean {
  const [opened, setOpened] = useState(open)
  useEffect(() => {
    if (open) setOpened(true)
  }, [open])
  useEffect(() => {
    const resting = setTimeout(() => explaining().catch(() => undefined), AT_REST_MS)
    return () => clearTimeout(resting)
  }, [])
  return opened
}

/** The measure of the address; the first of the registry where that is not one. */
function useMeasure(registry: Indicator[], key: string): Indicator | undefined {
  return useMemo(() => registry.find((one) => one.key === key) ?? registry[0], [registry, key])
}

/** Opens a figure, and shuts it: back to where it was opened, or out of an address that came with it. */
function useDrawer(look: Look): [explain: Explained, shut: () => void] {
  const opened = useRef(false)
  const explain = useCallback<Explained>(
    (key, part) => {
      opened.current = true
      look(part ? { figure: key, part } : { figure: key }, 'push')
    },
    [look],
  )
  const shut = useCallback(() => {
    if (opened.current) history.back()
    else look({ figure: null })
    opened.current = false
  }, [look])
  return [explain, shut]
}
