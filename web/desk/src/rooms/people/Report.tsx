import { pathOf } from '../../route'
import { LookList } from '../looks/LookList'
import { useSpoken } from './words'

/** Who looked at one person. */
export function Report({ id }: { id: string }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="report-title">
      <header>
        <h2 id="report-title">{w.t('report.title')}</h2>
        <a href={pathOf({ room: 'person', id })}>{w.t('report.back')}</a>
      </header>
      <p className="muted">{w.t('report.text')}</p>
      <LookList person={id} />
    </section>
  )
}
