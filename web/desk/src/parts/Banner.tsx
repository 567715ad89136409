import { useEffect } from 'react'
import { useWords } from '../i18n'
import { useSession } from '../session'

/** How often a live drill's page asks what day it is, and a demonstration's whether its drill is there. */
const ASKED_MS = 15_000

/** What this is when it is no installation: the demonstration, or a drill. */
export function Banner() {
  const w = useWords()
  const { session, reload } = useSession()
  const drill = session?.drill
  const beside = session?.beside
  const changes = drill?.live || (beside && !beside.ready)
  useEffect(() => {
    if (!changes) return
    const asking = setInterval(() => reload().catch(() => undefined), ASKED_MS)
    return () => clearInterval(asking)
  }, [changes, reload])
  if (session?.mode !== 'demo') return null
  return (
    <p className={drill ? 'banner of-drill' : 'banner'} role="note">
      {drill
        ? w.t('banner.drill', {
            area: w.name({ zh: drill.area_zh, en: drill.area_en }),
            population: w.n(drill.population),
            day: w.n(drill.day),
            days: w.n(drill.days),
            seed: String(drill.seed),
          })
        : w.t('banner.demo')}{' '}
      {drill?.paused && w.t('banner.paused')} {beside && !beside.ready && !drill && w.t('banner.coming')}
      {beside?.ready && <a href={beside.url}>{w.t(drill ? 'banner.to_demo' : 'banner.to_drill')}</a>}
    </p>
  )
}
