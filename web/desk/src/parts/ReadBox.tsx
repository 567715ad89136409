import { Alert, Button, Select } from 'antd'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { ApiError, api } from '../api/client'
import { useResource } from '../api/resource'
import type { AreaEntry, BulletinRecord, MetricTitle, Reading, RecordArea, Situation } from '../api/types'
import { useWords } from '../i18n'
import type { Mark } from '../spans'
import { CheckStrip, Tally } from './Checks'
import Dressed from './Dressed'
import { langOf, MarkedText } from './MarkedText'
import { Failure } from './States'

const LONGEST = 200_000
const PAUSE_MS = 400

interface Props {
  code: string | null
  areas: AreaEntry[]
  titles: Record<string, MetricTitle>
  situation: Situation | null
}

/** Paste a notice, see it read. Nothing is stored. */
export default function ReadBox(props: Props) {
  return (
    <Dressed>
      <Box {...props} />
    </Dressed>
  )
}

function Box({ code, areas, titles, situation }: Props) {
  const w = useWords()
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [area, setArea] = useState('')
  const settled = useSettled(text, PAUSE_MS)
  const tooLong = Array.from(settled).length > LONGEST
  const asked = settled.trim() && !tooLong ? settled : null
  const reading = useResource(
    asked && `${area}|${asked}`,
    (signal) => api.read(asked as string, area || null, signal),
    'keep',
  )
  const done = asked && !reading.loading && !reading.error ? reading.data : null
  const example = async () => {
    if (!code || !situation) return
    const { text } = await api.bulletin(code, situation.as_of, null, 'zh')
    setText(text)
    box.current?.focus()
  }
  return (
    <section className="card read" aria-labelledby="read-title">
      <header>
        <h2 id="read-title">{w.t('read.title')}</h2>
        <p className="muted">{w.t('read.intro')}</p>
      </header>
      <div className="read-grid">
        <div>
          <label className="sr" htmlFor={id}>
            {w.t('read.box')}
          </label>
          <textarea
            id={id}
            ref={box}
            value={text}
            rows={8}
            spellCheck={false}
            placeholder={w.t('read.placeholder')}
            onChange={(e) => setText(e.target.value)}
          />
          <div className="actions">
            <Button onClick={example} disabled={!situation}>
              {w.t('read.example')}
            </Button>
            <Button onClick={() => setText('')} disabled={!text}>
              {w.t('read.clear')}
            </Button>
            <AreaOfText areas={areas} area={area} choose={setArea} />
          </div>
          {done && <Marked reading={done} text={asked as string} />}
        </div>
        <div aria-live="polite" aria-busy={reading.loading} className={reading.loading ? 'stale' : undefined}>
          {tooLong && <Alert type="warning" showIcon title={w.t('read.too_long', { n: w.n(LONGEST) })} />}
          {reading.error && <ReadFailure error={reading.error} retry={reading.retry} />}
          {!asked && !tooLong && <p className="muted pad">{w.t('read.idle')}</p>}
          {asked && reading.loading && !reading.data && <p className="muted pad">{w.t('read.reading')}</p>}
          {asked && reading.data && !reading.error && <Result reading={reading.data} titles={titles} />}
        </div>
      </div>
    </section>
  )
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

function AreaOfText({ areas, area, choose }: { areas: AreaEntry[]; area: string; choose: (code: string) => void }) {
  const w = useWords()
  const id = useId()
  return (
    <div className="pick inline">
      <label htmlFor={id}>{w.t('read.area')}</label>
      <Select
        id={id}
        value={area}
        onChange={choose}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: w.t('read.area.auto') },
          ...areas.map((a) => ({ value: a.code, label: w.name(a) })),
        ]}
      />
    </div>
  )
}

function ReadFailure({ error, retry }: { error: Error; retry: () => void }) {
  const w = useWords()
  if (error instanceof ApiError && error.kind === 'refused') {
    return <Alert type="error" showIcon role="alert" title={w.t('read.failed', { detail: error.message })} />
  }
  return <Failure error={error} retry={retry} />
}

interface ResultProps {
  reading: Reading
  titles: Record<string, MetricTitle>
}

function Result({ reading, titles }: ResultProps) {
  const w = useWords()
  const { bulletins, checks, unread } = reading
  const read = useMemo(() => marksOf(reading).filter((m) => m.kind === 'read').length, [reading])
  if (!bulletins.length) {
    return (
      <>
        <Alert type="warning" showIcon title={w.t('read.none')} />
        <Findings reading={reading} />
      </>
    )
  }
  return (
    <>
      <p role="status" className="count">
        {w.t('read.count', { n: w.n(bulletins.length), k: w.n(read), u: w.n(unread.length) })}
      </p>
      <Tally checks={checks} />
      {bulletins.map((record) => (
        <RecordRead key={record.bulletin_id} record={record} reading={reading} titles={titles} />
      ))}
      <Findings reading={reading} />
      {checks.length > 0 && <CheckStrip checks={checks} titles={titles} />}
    </>
  )
}

/** What the text should not say: personal data, stigma, a label that does not fit its number. */
function Findings({ reading }: { reading: Reading }) {
  const w = useWords()
  if (!reading.findings.length) return null
  return (
    <section className="findings">
      <h3>{w.t('read.findings')}</h3>
      <ul>
        {reading.findings.map((f) => (
          <li key={`${f.rule}.${f.start}`} className={f.level}>
            <strong>{w.t(`read.findings.${f.level}`)}</strong> {w.name(f)}{' '}
            {f.suggestion && (
              <span lang={langOf(f.suggestion)} data-source>
                {w.t('read.suggestion', { text: f.suggestion })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The pasted text with what was read, and what was not, marked in it. */
function Marked({ reading, text }: { reading: Reading; text: string }) {
  const w = useWords()
  const { unread } = reading
  const marks = useMemo<Mark[]>(() => marksOf(reading), [reading])
  return (
    <div className="read-marked">
      <h3>{w.t('read.marked')}</h3>
      <p className="mark-legend">
        <mark className="read">{w.t('read.legend.read')}</mark>{' '}
        <mark className="unread">{w.t('read.legend.unread')}</mark>{' '}
        <mark className="finding">{w.t('read.legend.finding')}</mark>
      </p>
      <MarkedText text={text} marks={marks} lang={langOf(text)} label={w.t('read.marked')} />
      {unread.length > 0 && (
        <>
          <h3>{w.t('read.unread')}</h3>
          <ul className="unread-list">
            {unread.map((u) => (
              <li key={u.start}>
                <span lang={langOf(text)} data-source>
                  {u.text}
                </span>{' '}
                <span className="why">{w.lang === 'zh' ? u.zh : u.en}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function marksOf({ bulletins, unread, findings }: Reading): Mark[] {
  const marks: Mark[] = unread.map((u) => ({ start: u.start, end: u.end, kind: 'unread' }))
  for (const { start, end } of findings) {
    if (start !== null && end !== null) marks.push({ start, end, kind: 'finding' })
  }
  const seen = new Set<string>()
  const add = (c: { start?: number | null; end?: number | null }) => {
    if (c.start == null || c.end == null || seen.has(`${c.start}`)) return
    seen.add(`${c.start}`)
    marks.push({ start: c.start, end: c.end, kind: 'read' })
  }
  const walk = (a: RecordArea) => {
    add(a)
    a.children.forEach(walk)
  }
  for (const record of bulletins) {
    record.figures.forEach(add)
    record.by_area.forEach(walk)
  }
  return marks
}

function RecordRead({ record, reading, titles }: { record: BulletinRecord } & Pick<ResultProps, 'reading' | 'titles'>) {
  const w = useWords()
  const area = reading.places[record.area_code]
  const place = (a: RecordArea) => w.name((a.code && reading.places[a.code]) || { zh: a.name, en: a.name })
  const metrics = [...new Set(record.by_area.map((a) => a.metric))]
  return (
    <div className="record">
      <h3>
        {area ? w.name(area) : record.area_code || w.t('read.area.unknown')} ·{' '}
        {record.as_of
          ? w.t('head.as_of', { moment: w.moment(record.as_of, { precision: record.as_of_precision }) })
          : w.t('read.as_of.none')}
      </h3>
      <ul className="figures-read">
        {record.figures.map((f) => (
          <li key={`${f.metric}.${f.start}`}>
            <span>{w.metric(f.metric, titles)}</span>{' '}
            <strong>
              {w.t(`qualifier.${f.qualifier}`, { n: w.n(f.n) })} <small>{w.t(`unit.${f.unit}`)}</small>
            </strong>
          </li>
        ))}
      </ul>
      {metrics.map((metric) => (
        <p key={metric} className="by-area">
          <span className="muted">
            {w.t('read.by_area')} · {w.metric(metric, titles)}
          </span>{' '}
          {record.by_area
            .filter((a) => a.metric === metric)
            .map((a) => `${place(a)} ${w.n(a.n)}${inner(a, place, w.n)}`)
            .join(w.lang === 'zh' ? '　' : ', ')}
        </p>
      ))}
      {record.issues.length > 0 && (
        <ul className="issues">
          {record.issues.map((issue) => (
            <li key={`${issue.code}.${issue.start}`}>{w.name(issue)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function inner(area: RecordArea, place: (area: RecordArea) => string, n: (value: number) => string): string {
  if (!area.children.length) return ''
  return ` (${area.children.map((c) => `${place(c)} ${n(c.n)}`).join(', ')})`
}
