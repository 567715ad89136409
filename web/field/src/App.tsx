import ConfigProvider from 'antd-mobile/es/components/config-provider'
import enUS from 'antd-mobile/es/locales/en-US'
import zhCN from 'antd-mobile/es/locales/zh-CN'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { type Lang, preferred, useWords, WordsContext, words } from './i18n'
import { Banner } from './rooms/Banner'
import { Plain } from './rooms/parts'
import { keep, kept, opened } from './store/db'
import { isSetUp, type Phone } from './store/phone'

const fetchSetup = () => import('./rooms/Setup')
const fetchLock = () => import('./rooms/Lock')
const Setup = lazy(fetchSetup)
const LockScreen = lazy(fetchLock)
const Unlocked = lazy(() => import('./rooms/Unlocked'))

/** Unseen for so long, the phone locks itself. */
const UNSEEN_MS = 10 * 60_000

type Standing = 'opening' | 'new' | 'locked' | 'revoked' | Phone

const db = opened()
/** Asked, and the first screen fetched, before anything is drawn. */
const known = isSetUp(db)
known.then((yes) => (yes ? fetchLock() : fetchSetup())).catch(() => undefined)

/** The whole app: a new phone is set up, a known one unlocked. */
export function App() {
  const [lang, setLang] = useState<Lang>(preferred)
  const [standing, stand] = useState<Standing>('opening')
  useEffect(() => {
    kept<Lang>(db, 'lang').then((chosen) => chosen && setLang(chosen))
    known.then((yes) => stand(yes ? 'locked' : 'new'))
  }, [])
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  }, [lang])
  const spoken = useMemo(() => words(lang), [lang])
  const change = useCallback((next: Lang) => {
    setLang(next)
    keep(db, 'lang', next).catch(() => undefined)
  }, [])
  return (
    <WordsContext value={spoken}>
      <ConfigProvider locale={lang === 'zh' ? zhCN : enUS}>
        <Banner db={db} />
        <Suspense fallback={<Opening />}>
          <Stands standing={standing} stand={stand} change={change} />
        </Suspense>
      </ConfigProvider>
    </WordsContext>
  )
}

interface StandsProps {
  standing: Standing
  stand: (standing: Standing) => void
  change: (lang: Lang) => void
}

function Stands({ standing, stand, change }: StandsProps) {
  const lock = useCallback(() => stand('locked'), [stand])
  const revoked = useCallback(() => stand('revoked'), [stand])
  useUnseen(lock, typeof standing === 'object')
  if (standing === 'opening') return <Opening />
  if (standing === 'new') return <Setup db={db} done={stand} change={change} />
  if (standing === 'revoked') return <Gone />
  if (standing === 'locked') return <LockScreen db={db} done={stand} change={change} />
  return <Unlocked phone={standing} lock={lock} revoked={revoked} change={change} />
}

function useUnseen(lock: () => void, unlocked: boolean) {
  useEffect(() => {
    if (!unlocked) return
    let since: number | null = null
    const look = () => {
      if (document.visibilityState === 'hidden') since = Date.now()
      else if (since !== null && Date.now() - since > UNSEEN_MS) lock()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [lock, unlocked])
}

function Opening() {
  const w = useWords()
  return <p className="opening">{w.t('loading')}</p>
}

/** After a revocation nothing is left to be unlocked. */
function Gone() {
  const w = useWords()
  return (
    <Plain title={w.t('revoked.title')}>
      <p role="alert">{w.t('revoked.text')}</p>
    </Plain>
  )
}
