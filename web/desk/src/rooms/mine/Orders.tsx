import '../../styles/tasks.css'
import { type Errand, errands, type Terms } from '../../api/errands'
import { needs } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { Failure } from '../../parts/States'
import { useSession } from '../../session'
import { ErrandActs } from '../errands/ErrandActs'
import { Place } from '../errands/Place'
import { What, Where } from '../errands/parts'
import { Needs } from './Needs'
import { useSpoken } from './words'

const MOST = 20

/** What one has asked to be brought, how far it is, and a form for more. */
export function Orders() {
  const w = useSpoken()
  const terms = useResource('errand-terms', errands.terms)
  const { may } = useSession()
  const list = useResource('own-errands', (signal) => errands.list({}, signal), 'keep')
  const asked = useResource(may('needs.read') ? 'own-needs' : null, (signal) => needs.list({}, signal), 'keep')
  const rows = [...(list.data?.errands ?? [])].sort((a, b) => b.placed.localeCompare(a.placed)).slice(0, MOST)
  const done = () => {
    list.retry()
    asked.retry()
  }
  return (
    <>
      <section className="card" aria-labelledby="mine-orders">
        <header>
          <h2 id="mine-orders">{w.t('mine.orders')}</h2>
          <p className="muted">{w.t('mine.orders.text')}</p>
        </header>
        {list.error && <Failure error={list.error} retry={list.retry} told />}
        {list.data && !rows.length && <p className="muted">{w.t('mine.orders.none')}</p>}
        <ul className="entries">
          {rows.map((one) => (
            <Row key={one.id} of={one} terms={terms.data} done={list.retry} />
          ))}
        </ul>
        <Place own terms={terms.data} done={done} />
      </section>
      {asked.error && <Failure error={asked.error} retry={asked.retry} told />}
      {asked.data && asked.data.needs.length > 0 && <Needs of={asked.data.needs} />}
    </>
  )
}

function Row({ of, terms, done }: { of: Errand; terms: Terms | null; done: () => void }) {
  return (
    <li>
      <What of={of} terms={terms} />
      <p>
        <Where of={of} terms={terms} />
      </p>
      <ErrandActs of={of} terms={terms} done={done} />
    </li>
  )
}
