import type { Situation } from '../api/types'
import { useWords } from '../i18n'

/** Of what area, as of when, over which window, from which source. */
export function Heading({ situation, knownAt }: { situation: Situation; knownAt: string | null }) {
  const w = useWords()
  const { notice } = situation
  const window = notice?.record.window
  const source = notice?.source
  return (
    <div className="heading">
      <h1>{w.t('head.situation', { area: w.name(situation.area) })}</h1>
      <p>
        {situation.as_of && (
          <strong>
            {w.t('head.as_of', {
              moment: w.moment(situation.as_of, { precision: notice?.record.as_of_precision ?? 'hour' }),
            })}
          </strong>
        )}
        {window && (
          <span>
            {w.t('head.window', {
              from: w.moment(window.start, { year: false, opens: true }),
              to: w.moment(window.end, { year: false }),
              hours: w.n(window.hours),
            })}
          </span>
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
