import { useEffect, useId, useRef } from 'react'
import { useResource } from '../../api/resource'
import { help, type Told } from '../../api/texts'
import { pathOf, type Room } from '../../route'
import { useSpoken } from './words'

/** Pages whose help is that of another. */
const SAME: Partial<Record<Room, string>> = {
  assessment: 'area',
  case: 'cases',
  'case-new': 'cases',
  contact: 'contacts',
  'contact-new': 'contacts',
  allocation: 'sharing',
  order: 'isolation',
  station: 'stations',
  gate: 'gates',
  plan: 'plans',
  issue: 'issues',
  hospital: 'beds',
  find: 'people',
  enter: 'people',
  import: 'people',
  merge: 'people',
  person: 'people',
  'person-looks': 'people',
}

interface Props {
  room: Room
  close: () => void
  tour: () => void
}

/** What the page is for, what its words mean, the rules behind it, and the ways to the guide and the tour. */
export default function Panel({ room, close, tour }: Props) {
  const w = useSpoken()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const found = useResource(`help|${w.lang}`, () => help(w.lang))
  useEffect(() => dialog.current?.showModal(), [])
  const told = found.data?.[SAME[room] ?? room]
  const shut = () => dialog.current?.close()
  return (
    <dialog ref={dialog} className="help" aria-labelledby={title} onClose={close}>
      <header>
        <h2 id={title}>{w.t('help.title')}</h2>
        <button type="button" className="plain" onClick={shut}>
          {w.t('close')}
        </button>
      </header>
      {told ? <Page of={told} /> : found.data && <p>{w.t('help.none')}</p>}
      <h3>{w.t('help.more')}</h3>
      <ul className="help-more">
        <li>
          <a href={pathOf({ room: 'guide' })} onClick={shut}>
            {w.t('help.guide')}
          </a>
        </li>
        <li>
          <button
            type="button"
            className="plain"
            onClick={() => {
              shut()
              tour()
            }}
          >
            {w.t('help.tour')}
          </button>
        </li>
      </ul>
      <p className="muted small">{w.t('help.keys')}</p>
    </dialog>
  )
}

function Page({ of }: { of: Told }) {
  const w = useSpoken()
  return (
    <>
      <p>{of.what}</p>
      {of.terms.length > 0 && <h3>{w.t('help.terms')}</h3>}
      <dl>
        {of.terms.map((one) => (
          <div key={one.term}>
            <dt>
              {one.term}{' '}
              <small lang={w.lang === 'zh' ? 'en' : 'zh-CN'} data-source>
                {one.other}
              </small>
            </dt>
            <dd>{one.meaning}</dd>
          </div>
        ))}
      </dl>
      {of.tasks.length > 0 && (
        <details>
          <summary>{w.t('help.tasks')}</summary>
          <ul>
            {of.tasks.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      {of.rules.length > 0 && <h3>{w.t('help.rules')}</h3>}
      <dl>
        {of.rules.map((one) => (
          <div key={one.title}>
            <dt>{one.title}</dt>
            <dd className="small">{one.source}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
