import Button from 'antd-mobile/es/components/button'
import { useState } from 'react'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { go } from '../../route'
import type { Bundle } from '../../store/bundle'
import { Full } from '../../store/full'
import {
  type Again,
  type Inspectable,
  INSPECTED,
  type Inspecting,
  inspectionDraft,
  madeSoFar,
  nameOf,
  ON_A_PAGE,
  openAgain,
  saveAgain,
} from '../../store/inspection'
import { FormVersion } from '../FormVersion'
import { TextField, Wrong } from '../parts'
import { useFacts } from '../useFacts'

const MOST = 50

/** The places of the day, what is to be looked at again, and every other place. */
export default function Inspections() {
  const w = useWords()
  const { bundle, said } = useField()
  const facts = useFacts()
  const its = bundle?.inspecting
  if (!bundle || !its) return <p className="empty">{w.t('list.empty')}</p>
  const made = madeSoFar(its, facts)
  const all = made.site + made.phone
  const drawn = its.places.filter((one) => one.drawn)
  const here = new Set(facts.filter((one) => one.kind === INSPECTED.kind).map((one) => one.data.post as string))
  return (
    <main className="home inspections">
      <h1 className="unseen">{w.t('tab.inspect')}</h1>
      {said && (
        <p className="saved" role="status">
          {said}
        </p>
      )}
      <FormVersion of={INSPECTED} />
      <Button block color="primary" size="large" onClick={() => go('checkin')}>
        {w.t('inspect.scan')}
      </Button>
      <p className="progress-text">
        {w.t('inspect.made', {
          site: made.site,
          phone: made.phone,
          share: all ? Math.round((100 * made.site) / all) : 0,
        })}
      </p>
      <h2>{w.t('inspect.drawn', { n: drawn.length })}</h2>
      {!drawn.length && <p className="empty">{w.t('inspect.drawn.none')}</p>}
      <Places of={drawn} here={here} />
      <LookAgain bundle={bundle} of={openAgain(its, facts)} its={its} />
      <Others of={its.places.filter((one) => !one.drawn)} here={here} />
    </main>
  )
}

function Places({ of, here }: { of: Inspectable[]; here: Set<string> }) {
  const w = useWords()
  const { drafts } = useField()
  return (
    <ul className="households">
      {of.map((one) => (
        <li key={one.id}>
          <a href={`#/inspect/${one.id}`}>
            <strong>{one.name}</strong>
            <span className="tags">
              {drafts.has(inspectionDraft(one.id)) && <em className="tag draft">{w.t('state.draft')}</em>}
              {here.has(one.id) && <em className="tag waiting">{w.t('inspect.here')}</em>}
              {one.on_site !== null && (
                <em className="tag met">{w.t(one.on_site ? 'inspect.on_site' : 'inspect.phone')}</em>
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Others({ of, here }: { of: Inspectable[]; here: Set<string> }) {
  const w = useWords()
  const [search, setSearch] = useState('')
  const found = of.filter((one) => one.name.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <>
      <h2>{w.t('inspect.others', { n: of.length })}</h2>
      <TextField label={w.t('inspect.search')} value={search} onChange={setSearch} />
      <Places of={found.slice(0, MOST)} here={here} />
      {found.length > MOST && <p className="muted">{w.t('inspect.more', { n: found.length - MOST })}</p>}
    </>
  )
}

/** As many at once as one can keep in mind; what was looked at makes room for the next. */
function LookAgain({ bundle, of, its }: { bundle: Bundle; of: Again[]; its: Inspecting }) {
  const w = useWords()
  if (!of.length) return null
  return (
    <section aria-label={w.t('inspect.again', { n: of.length })}>
      <h2>{w.t('inspect.again', { n: of.length })}</h2>
      <ul className="cards">
        {of.slice(0, ON_A_PAGE).map((one) => (
          <li key={`${one.inspection}${one.item}`}>
            <Look bundle={bundle} of={one} item={its.items.find((item) => item.code === one.item)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Look({ bundle, of, item }: { bundle: Bundle; of: Again; item: { zh: string; en: string } | undefined }) {
  const w = useWords()
  const { phone, refresh, say } = useField()
  const [wrong, setWrong] = useState<string | null>(null)
  const title = `${nameOf(bundle, of)} · ${item ? w.name(item) : of.item}`
  const saw = async (rectified: boolean) => {
    try {
      await saveAgain(phone, of, rectified, title)
      say(w.t('inspect.saved', { label: title }))
      await refresh()
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  return (
    <article>
      <h3>{title}</h3>
      <p className="muted">{w.t('inspect.rectified', { time: w.time(Date.parse(of.rectified)) })}</p>
      {of.answer && <blockquote>{of.answer}</blockquote>}
      <div className="acts">
        <button type="button" className="main" onClick={() => saw(true)}>
          {w.t('inspect.again.yes')} <span className="unseen">{title}</span>
        </button>
        <button type="button" onClick={() => saw(false)}>
          {w.t('inspect.again.no')} <span className="unseen">{title}</span>
        </button>
      </div>
      <Wrong text={wrong} />
    </article>
  )
}
