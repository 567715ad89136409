import { Button, Input } from 'antd'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { type Board as Found, type BoardLine, contacts, type Half } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { Round } from './Round'
import { useSpoken } from './words'

/** What a cell shows beside its colour: a sign that needs no colour. */
export const SIGNS: Record<Half['cell'], string> = {
  seen_well: '✓',
  seen_unwell: '!',
  not_found: '?',
  refused: '×',
  not_attempted: '–',
  missed: '○',
  open: '•',
  ahead: '',
  not_due: '',
}

/** The contacts of an area and the days of their observation, two checks a day. */
export function Board({ area }: { area: string }) {
  const w = useSpoken()
  const id = useId()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const day = filter.day || civilDay(session?.server_time ?? '')
  const first = useResource(`board|${area}|${day}`, (signal) => contacts.board(area, day, null, signal), 'drop', [
    'contacts',
  ])
  const [more, setMore] = useState<Found[]>([])
  const [round, setRound] = useState<string | null>(null)
  const { busy, error, run } = useAct()
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  const pages = first.loading ? [first.data] : [first.data, ...more.filter((p) => p.day === first.data?.day)]
  const lines = pages.flatMap((p) => p.contacts)
  const next = pages[pages.length - 1]?.next ?? null
  const anew = () => {
    setMore([])
    first.retry()
  }
  const halves = [...new Set(lines.flatMap((l) => l.days.flatMap((d) => d.halves.map((h) => h.half))))]
  return (
    <section className="card" aria-label={w.t('contacts.tab.board')}>
      <header>
        <p role="status" className="muted">
          {w.t('contacts.total', { n: w.n(first.data.total) })} · {w.t('board.text')}
        </p>
        <div className="pick inline">
          <label htmlFor={id}>{w.t('contacts.day')}</label>
          <Input id={id} type="date" value={day} onChange={(e) => narrow({ day: e.target.value })} />
        </div>
        {may('contacts.check') && !round && (
          <div className="actions">
            {halves.map((half) => (
              <Button key={half} onClick={() => setRound(half)}>
                {w.t('board.round', { slot: w.t(`half.${half as 'am'}`) })}
              </Button>
            ))}
          </div>
        )}
      </header>
      {round && (
        <Round
          key={`${day}|${round}`}
          day={day}
          half={round as 'am'}
          lines={lines}
          done={anew}
          close={() => setRound(null)}
        />
      )}
      {!lines.length && <Empty title={w.t('contacts.none.title')} text={w.t('contacts.none.text')} />}
      {lines.length > 0 && <Legend />}
      <Late of={first.data.late} />
      {lines.map((line) => (
        <Line key={line.contact.contact} line={line} today={day} />
      ))}
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await contacts.board(area, day, next)
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('rows.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** How many checks of the day were made when their slot was over. */
function Late({ of }: { of: Found['late'] }) {
  const w = useSpoken()
  const told = Object.entries(of).filter(([, n]) => n > 0)
  if (!told.length) return null
  return (
    <p className="muted board-late">
      {told.map(([half, n]) => w.t('board.late', { slot: w.t(`half.${half as 'am'}`), n: w.n(n) })).join(' ')}
    </p>
  )
}

function Legend() {
  const w = useSpoken()
  const shown = ['seen_well', 'seen_unwell', 'not_found', 'refused', 'not_attempted', 'missed', 'open'] as const
  return (
    <ul className="legend" aria-label={w.t('board.legend')}>
      {shown.map((cell) => (
        <li key={cell}>
          <span className={`check ${cell}`} aria-hidden>
            {SIGNS[cell]}
          </span>
          {w.t(`cell.${cell}`)}
        </li>
      ))}
      <li>
        <span className="check seen_well late" aria-hidden>
          {SIGNS.seen_well}
        </span>
        {w.t('cell.late')}
      </li>
    </ul>
  )
}

function Line({ line, today }: { line: BoardLine; today: string }) {
  const w = useSpoken()
  const { contact } = line
  return (
    <div className="board-line">
      <div>
        <a href={pathOf({ room: 'contact', id: contact.contact })}>
          {contact.number ?? w.t('contacts.who', { id: contact.contact.slice(-6) })}
        </a>
        <span className="muted block small">
          {w.t('board.due')} {contact.due ? w.day(contact.due) : '—'}
        </span>
      </div>
      <Days days={line.days} today={today} />
    </div>
  )
}

/** The days of an observation as a small table: a column a day, a row a slot. */
export function Days({ days, today }: { days: BoardLine['days']; today?: string }) {
  const w = useSpoken()
  const halves = [...new Set(days.flatMap((d) => d.halves.map((h) => h.half)))]
  const box = useRef<HTMLDivElement>(null)
  // On a telephone not all days fit: today's is the one to be seen.
  useLayoutEffect(() => {
    const now = box.current?.querySelector<HTMLElement>('th.today')
    if (box.current && now) box.current.scrollLeft = now.offsetLeft + now.offsetWidth - box.current.clientWidth
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is to be reached by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form.
    <div ref={box} className="days" role="group" aria-label={w.t('card.grid')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td />
            {days.map((d) => (
              <th key={d.day} scope="col" className={d.day === today ? 'today' : undefined} title={w.day(d.day)}>
                <span aria-hidden>{d.day.slice(8)}</span>
                <span className="sr">
                  {w.day(d.day)} {d.number !== null && w.t('board.day', { n: d.number })}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {halves.map((half) => (
            <tr key={half}>
              <th scope="row">{w.t(`half.${half as 'am'}`)}</th>
              {days.map((d) => (
                <Cell key={d.day} of={d.halves.find((h) => h.half === half)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ of }: { of?: Half }) {
  const w = useSpoken()
  if (!of) return <td />
  const temp = of.temp_c === null ? '' : w.celsius(of.temp_c)
  const said = [w.t(`cell.${of.cell}`), temp, of.late ? w.t('cell.late') : ''].filter(Boolean).join(' ')
  return (
    <td title={said}>
      <span className={`check ${of.cell}${of.late ? ' late' : ''}`} aria-hidden>
        {of.temp_c === null ? SIGNS[of.cell] : w.n(of.temp_c, 1)}
      </span>
      <span className="sr">{said}</span>
    </td>
  )
}
