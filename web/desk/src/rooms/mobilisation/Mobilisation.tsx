import '../../styles/isolation.css'
import '../../styles/tasks.css'
import '../../styles/contacts.css'
import '../../styles/mobilisation.css'
import { mobilisation } from '../../api/mobilisation'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Calls } from './Calls'
import { Relief } from './Relief'
import { Rota } from './Rota'
import { Staff } from './Staff'
import { Teams } from './Teams'
import { Volunteers } from './Volunteers'
import { useSpoken } from './words'

const OF_CALLS = ['calls'] as const
const ALL = ['calls', 'rota', 'volunteers', 'teams', 'relief', 'staff'] as const

/** Calls for hands, rotas, volunteers, teams, and those who are on duty by their work. */
export default function Mobilisation() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const terms = useResource('hands-terms', mobilisation.terms)
  const tabs = may('teams.read') ? ALL : OF_CALLS
  const tab = tabs.find((one) => one === filter.show) ?? 'calls'
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('mob.title')}</h1>
        <p className="muted">{w.t(`mob.text.${tab}`)}</p>
        {tabs.length > 1 && (
          <nav className="tabs" aria-label={w.t('mob.tabs')}>
            {tabs.map((one) => (
              <a
                key={one}
                href={`#mobilisation?show=${one}&area=${encodeURIComponent(area)}`}
                aria-current={tab === one ? 'page' : undefined}
              >
                {w.t(`mob.tab.${one}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      <search className="card bounds">
        <div className="pick inline">
          <span aria-hidden>{w.t('mob.area')}</span>
          <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('mob.area')} />
        </div>
      </search>
      {terms.error && <Failure error={terms.error} retry={terms.retry} told />}
      {!terms.data && !terms.error && <Loading />}
      {terms.data && tab === 'calls' && <Calls key={area} area={area} terms={terms.data} />}
      {terms.data && tab === 'rota' && <Rota key={area} area={area} terms={terms.data} />}
      {terms.data && tab === 'volunteers' && <Volunteers key={area} area={area} terms={terms.data} />}
      {terms.data && tab === 'teams' && <Teams key={area} area={area} terms={terms.data} />}
      {terms.data && tab === 'relief' && <Relief key={area} area={area} terms={terms.data} />}
      {terms.data && tab === 'staff' && <Staff key={area} area={area} terms={terms.data} />}
    </>
  )
}
