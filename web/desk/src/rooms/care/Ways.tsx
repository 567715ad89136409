import '../../styles/isolation.css'
import '../../styles/tasks.css'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Experts } from './Experts'
import { Protect } from './Protect'
import { Queue } from './Queue'
import { Referrals } from './Referrals'
import { useWays } from './ways'

const TABS = [
  ['queue', 'triage.read'],
  ['referrals', 'referrals.read'],
  ['experts', 'experts.read'],
  ['protection', 'protection.read'],
] as const

/** How people come into care, and who looks after them: triage, referrals, expert teams, protection. */
export default function Ways() {
  const w = useWays()
  const { may } = useSession()
  const [filter] = useFilter()
  const tabs = TABS.filter(([, action]) => may(action)).map(([name]) => name)
  const tab = tabs.find((one) => one === filter.show) ?? tabs[0]
  return (
    <>
      <div className="heading">
        <h1>{w.t('ways.title')}</h1>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('ways.tabs')}>
            {tabs.map((one) => (
              <a key={one} href={`#triage?show=${one}`} aria-current={tab === one ? 'page' : undefined}>
                {w.t(`ways.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {tab === 'queue' && <Queue />}
      {tab === 'referrals' && <Referrals />}
      {tab === 'experts' && <Experts />}
      {tab === 'protection' && <Protect />}
    </>
  )
}
