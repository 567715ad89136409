import '../../styles/tasks.css'
import { AreaField } from '../../forms/AreaField'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Claims } from './Claims'
import { Feedback } from './Feedback'
import { Items } from './Items'
import { useSpoken } from './words'

/** What the public reads beside the notices, and what it tells back. */
export default function Openly() {
  const w = useSpoken()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const top = session?.area ?? ''
  const area = filter.area || top
  return (
    <>
      <div className="heading">
        <h1>{w.t('op.title')}</h1>
        <p className="muted">{w.t('op.text')}</p>
        <p>
          <a href="/public/">{w.t('op.site')}</a>
        </p>
      </div>
      {may('feedback.answer') && <Feedback />}
      {may('library.edit') && (
        <>
          <search className="card bounds">
            <div className="pick inline">
              <span aria-hidden>{w.t('op.area')}</span>
              <AreaField top={top} value={area} onChange={(to) => narrow({ area: to })} label={w.t('op.area')} />
            </div>
          </search>
          <Claims key={`claims ${area}`} area={area} />
          <Items key={`items ${area}`} area={area} />
        </>
      )}
    </>
  )
}
