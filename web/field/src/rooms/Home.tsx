import SearchBar from 'antd-mobile/es/components/search-bar'
import ProgressBar from 'antd-mobile/es/components/progress-bar'
import { useDeferredValue, useMemo, useState } from 'react'
import { useField } from '../field'
import { useWords } from '../i18n'
import { go } from '../route'
import { byDoor, found, type Household, labelOf, type Round, roundOf } from '../store/bundle'
import { outcomeKey } from './parts'

type Show = 'todo' | 'done' | 'all'

interface Row {
  of: Household
  round: Round | null
  /** What is known of it in the round, here or on the server. */
  outcome: string | null
  /** Nobody need come again in the round. */
  ended: boolean
  waiting: boolean
  draft: boolean
}

/** The households of the own grids, as one walks past them. */
export function Home() {
  const w = useWords()
  const { bundle, said } = useField()
  const rows = useRows()
  const [show, setShow] = useState<Show>('todo')
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  const done = rows.filter((row) => row.ended).length
  const listed = rows.filter((row) =>
    asked ? found(row.of, asked) : show === 'all' || (show === 'done') === row.ended,
  )
  const round = rows.find((row) => row.round)?.round
  const numbers = { todo: rows.length - done, done, all: rows.length }
  return (
    <main className="home">
      <h1 className="unseen">{w.t('tab.list')}</h1>
      {said && (
        <p className="saved" role="status">
          {said}
        </p>
      )}
      {round && (
        <>
          <p className="progress-text">{w.t('list.progress', { number: round.number, done, all: rows.length })}</p>
          <ProgressBar percent={rows.length ? (100 * done) / rows.length : 0} aria-hidden />
        </>
      )}
      <search className="search">
        <SearchBar
          value={search}
          onChange={setSearch}
          placeholder={w.t('list.search')}
          aria-label={w.t('list.search')}
        />
        <button type="button" onClick={() => go('scan')}>
          {w.t('list.scan')}
        </button>
      </search>
      {!asked && (
        <fieldset className="filters" aria-label={w.t('tab.list')}>
          {(['todo', 'done', 'all'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === show} onClick={() => setShow(one)}>
              {w.t(`list.${one}`, { n: numbers[one] })}
            </button>
          ))}
        </fieldset>
      )}
      {bundle && !bundle.complete && <p className="notice">{w.t('list.more')}</p>}
      {!bundle && <p className="empty">{w.t('list.empty')}</p>}
      {bundle && rows.length > 0 && !round && <p className="empty">{w.t('list.noround')}</p>}
      {bundle && !listed.length && (
        <p className="empty">{w.t(!asked && show === 'todo' && rows.length ? 'list.finished' : 'list.none')}</p>
      )}
      <ul className="households">
        {listed.map((row) => (
          <HouseholdRow key={row.of.id} row={row} />
        ))}
      </ul>
      {bundle && (
        <button type="button" className="link add" onClick={() => go('new')}>
          {w.t('list.add')}
        </button>
      )}
    </main>
  )
}

function useRows(): Row[] {
  const { bundle, marks, drafts } = useField()
  return useMemo(() => {
    if (!bundle) return []
    return [...bundle.households].sort(byDoor).map((of) => {
      const round = roundOf(bundle, of)
      const mark = round ? marks.get(`${of.id}|${round.id}`) : undefined
      const known = round ? of.seen[round.id] : undefined
      const outcome = mark?.outcome ?? known?.outcome ?? null
      const ended = Boolean(known?.ended || mark?.ended)
      return { of, round, outcome, ended, waiting: mark?.state === 'waiting', draft: drafts.has(of.id) }
    })
  }, [bundle, marks, drafts])
}

function HouseholdRow({ row: { of, outcome, waiting, draft } }: { row: Row }) {
  const w = useWords()
  const names = of.members.map((m) => m.name).filter(Boolean)
  const people = of.members.length || of.expected
  return (
    <li>
      <a href={`#/visit/${of.id}`}>
        <strong>{labelOf(of)}</strong>
        <small>{names.length ? names.join('、') : people ? w.t('list.people', { n: people }) : ''}</small>
        <span className="tags">
          {draft && <em className="tag draft">{w.t('state.draft')}</em>}
          {of.disputed && <em className="tag disputed">{w.t('state.disputed')}</em>}
          {outcome && <em className={`tag ${outcome}`}>{w.t(outcomeKey(outcome))}</em>}
          {waiting && <em className="tag waiting">{w.t('state.waiting')}</em>}
        </span>
      </a>
    </li>
  )
}
