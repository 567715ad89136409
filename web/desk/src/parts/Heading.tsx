import type { Situation } from '../api/types'
import { useWords, type Words } from '../i18n'
import { useSession } from '../session'

/** As of when the numbers of an area are, as exactly as its notice says. */
export function asOf({ as_of, notice }: Situation, w: Words): string | null {
  return (
    as_of && w.t('head.as_of', { moment: w.moment(as_of, { precision: notice?.record.as_of_precision ?? 'hour' }) })
  )
}

/** Of what area, as of when, over which window, from which source. */
export function Heading({ situation, knownAt }: { situation: Situation; knownAt: string | null }) {
  const w = useWords()
  const { may } = useSession()
  const { notice } = situation
  const window = notice?.record.window
  const source = notice?.source
  return (
    <div className="heading">
      <h1>{w.t('head.situation', { area: w.name(situation.area) })}</h1>
      <p>
        {situation.as_of && <strong>{asOf(situation, w)}</strong>}
        {window && (
          <span>
            {w.t('head.window', {
              from: w.moment(window.start, { year: false, opens: true }),
              to: w.moment(window.end, { year: false }),
              hours: w.n(window.hours),
            })}
          </span>
        )}
        {may('situation.read') && (
          <a href={`#situation?area=${encodeURIComponent(situation.area.code)}`}>{w.t('head.to_situation')}</a>
        )}
        {knownAt && <strong>{w.t('head.known_at', { moment: w.stamp(knownAt) })}</strong>}
        {source?.title && (
          <span>
            {w.t('head.source')}
            {w.lang === 'zh' ? '：' : ': '}
            <span lang="zh-CN" data-source>
              {source.publisher ? `${source.publisher}《${source.title}》` : source.title}
            </span>
          </span>
        )}
      </p>
    </div>
  )
}
