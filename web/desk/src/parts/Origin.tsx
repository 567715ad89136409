import { Drawer } from 'antd'
import { useMemo } from 'react'
import { api } from '../api/client'
import { useResource } from '../api/resource'
import type { Cell, HistoryEntry, Row, Situation, Source } from '../api/types'
import { useWords } from '../i18n'
import { type Mark, sentenceAround } from '../spans'
import Dressed from './Dressed'
import { useShown } from './Figure'
import { langOf, MarkedText } from './MarkedText'
import { Failure, Loading } from './States'

/** A number whose origin is asked for. Without a cell it is looked up in the situation. */
export interface OriginOf {
  metric: string
  division: { code: string; zh?: string; en?: string }
  cell: Cell | null
  /** The moment of the notice that states it, where that is not the situation's. */
  asOf?: string
}

interface Props {
  of: OriginOf | null
  close: () => void
  situation: Situation
  knownAt: string | null
}

export default function Origin({ of, close, situation, knownAt }: Props) {
  const w = useWords()
  return (
    <Dressed>
      <Drawer
        open={of !== null}
        onClose={close}
        title={w.t('origin.title')}
        size={Math.min(560, window.innerWidth)}
        destroyOnHidden
        closable={{ 'aria-label': w.t('close') }}
      >
        {of && <At of={of} situation={situation} knownAt={knownAt} />}
      </Drawer>
    </Dressed>
  )
}

type Shown = Omit<Props, 'of' | 'close'> & { of: OriginOf }

/** A number of an earlier notice is shown with that notice. */
function At({ of, situation, knownAt }: Shown) {
  const other = of.asOf && Date.parse(of.asOf) !== Date.parse(situation.as_of) ? of.asOf : null
  const code = situation.area.code
  const earlier = useResource(other && `${code}|${other}`, (signal) => api.situation(code, other, knownAt, signal))
  if (!other) return <Body of={of} situation={situation} knownAt={knownAt} />
  if (earlier.error) return <Failure error={earlier.error} retry={earlier.retry} />
  return earlier.data ? <Body of={{ ...of, cell: null }} situation={earlier.data} knownAt={knownAt} /> : <Loading />
}

function findRow(rows: readonly Row[], code: string): Row | null {
  for (const row of rows) {
    const hit = row.code === code ? row : findRow(row.children ?? [], code)
    if (hit) return hit
  }
  return null
}

function Body({ of, situation, knownAt }: Shown) {
  const w = useWords()
  const shown = useShown()
  const own = of.division.code === situation.area.code
  const row = own ? situation.area : findRow(situation.rows, of.division.code)
  const cells = own ? situation.totals : (row as Row | null)?.cells
  const cell = of.cell ?? cells?.[of.metric] ?? null
  const unit = cell?.unit ?? situation.titles[of.metric]?.unit
  return (
    <div className="origin">
      <p className="of">
        {row ? w.name(row) : of.division.code} · {w.metric(of.metric, situation.titles)}
      </p>
      <p className={`value ${cell ? '' : 'null'}`}>
        {shown(cell)} {cell && unit && <small>{w.t(`unit.${unit}`)}</small>}
        <span className={`basis ${cell?.basis ?? 'null'}`}>{w.t(`basis.${cell?.basis ?? 'null'}`)}</span>
      </p>
      <p className="muted">{w.t(`origin.${cell?.basis ?? 'null'}`)}</p>
      {cell?.basis === 'implied' && <Implied situation={situation} metric={of.metric} />}
      <Sentence situation={situation} cell={cell} />
      <History of={of} area={situation.area.code} now={situation.as_of} knownAt={knownAt} />
    </div>
  )
}

/** The sum that earns an implied zero. */
function Implied({ situation, metric }: { situation: Situation; metric: string }) {
  const w = useWords()
  const stated = situation.rows.map((r) => r.cells[metric]).filter((c) => c && c.basis !== 'implied') as Cell[]
  const total = situation.totals[metric]
  if (!total || !stated.length) return null
  const inText = [...stated].sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
  return <p className="equation">{`${w.n(total.n)} = ${inText.map((c) => w.n(c.n)).join(' + ')}`}</p>
}

function Sentence({ situation, cell }: { situation: Situation; cell: Cell | null }) {
  const w = useWords()
  const { notice } = situation
  const marks = useMemo<Mark[]>(() => {
    if (!notice || cell?.start == null || cell.end == null) return []
    const around = sentenceAround(notice.text, cell.start, cell.end)
    return [
      { ...around, kind: 'sentence' },
      { start: cell.start, end: cell.end, kind: 'number' },
    ]
  }, [notice, cell])
  if (!notice) return null
  const origin = w.t(`origin.text.${notice.text_origin}`)
  const [around] = marks
  return (
    <section>
      <h3>{around ? w.t('origin.sentence') : w.t('origin.whole')}</h3>
      <p className={`origin-label ${notice.text_origin}`}>{origin}</p>
      {notice.text_origin === 'written' && <p className="muted">{w.t('origin.written.note')}</p>}
      {!around && <p className="muted">{w.t('origin.no_span')}</p>}
      <MarkedText text={notice.text} marks={marks} lang={langOf(notice.text)} label={origin} focus="sentence" />
      <Citation source={notice.source} received={notice.received_at} />
    </section>
  )
}

function Citation({ source, received }: { source: Source; received: string }) {
  const w = useWords()
  const told = source.title || source.publisher || source.url || source.note
  return (
    <dl className="citation" data-source>
      <dt>{w.t('origin.source')}</dt>
      <dd>{told ? source.title : w.t('origin.source.none')}</dd>
      {source.publisher && (
        <>
          <dt>{w.t('origin.publisher')}</dt>
          <dd>{source.publisher}</dd>
        </>
      )}
      {source.published_at && (
        <>
          <dt>{w.t('origin.published')}</dt>
          <dd>{w.moment(source.published_at)}</dd>
        </>
      )}
      {source.url && (
        <>
          <dt>{w.t('origin.link')}</dt>
          <dd>
            <Address url={source.url} />
          </dd>
        </>
      )}
      {source.note && (
        <>
          <dt>{w.t('origin.note')}</dt>
          <dd>{source.note}</dd>
        </>
      )}
      <dt>{w.t('origin.received')}</dt>
      <dd>{w.stamp(received)}</dd>
    </dl>
  )
}

/** A link only where it is one: the record is others' text. */
function Address({ url }: { url: string }) {
  if (!/^https?:\/\//.test(url)) return <>{url}</>
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {url}
    </a>
  )
}

function History({ of, area, now, knownAt }: Pick<Shown, 'of' | 'knownAt'> & { area: string; now: string }) {
  const w = useWords()
  const history = useResource(`${area}|${of.metric}|${of.division.code}|${knownAt}`, (signal) =>
    api.history(area, of.metric, of.division.code, knownAt, signal),
  )
  return (
    <section>
      <h3>{w.t('origin.history')}</h3>
      {history.error && <Failure error={history.error} retry={history.retry} />}
      {history.loading && !history.data && <Loading />}
      {history.data?.length === 0 && <p className="muted">{w.t('origin.history.none')}</p>}
      {history.data && history.data.length > 0 && (
        <ol className="history">
          {newestFirst(history.data).map((entry) => (
            <Entry
              key={`${entry.fact_id}.${entry.start}`}
              entry={entry}
              current={Date.parse(entry.as_of) === Date.parse(now)}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

function newestFirst(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return [...entries].sort((a, b) => Date.parse(b.as_of) - Date.parse(a.as_of) || b.seq - a.seq)
}

function Entry({ entry, current }: { entry: HistoryEntry; current: boolean }) {
  const w = useWords()
  return (
    <li className={current ? 'current' : undefined}>
      <p>
        <strong>{entry.n === null ? w.t('null') : w.n(entry.n)}</strong>
        <span>{w.t('head.as_of', { moment: w.moment(entry.as_of) })}</span>
        {entry.n !== null && entry.basis && <span className="muted">{w.t(`basis.${entry.basis}`)}</span>}
      </p>
      {entry.excerpt && (
        <p className="excerpt" lang={langOf(entry.excerpt)}>
          {entry.excerpt}
        </p>
      )}
      <p className="muted">
        {entry.source.title && <span data-source>{entry.source.title} · </span>}
        {w.t('origin.history.known')} {w.stamp(entry.known_at)} · #{w.n(entry.seq)}
      </p>
    </li>
  )
}
