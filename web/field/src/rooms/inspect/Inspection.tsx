import Button from 'antd-mobile/es/components/button'
import { useEffect, useState } from 'react'
import { useField } from '../../field'
import { PhotoField } from '../../forms/PhotoField'
import { useWords } from '../../i18n'
import { go } from '../../route'
import { placed } from '../../scan/placed'
import type { Bundle } from '../../store/bundle'
import { draftOf, keepDraft } from '../../store/drafts'
import { Full } from '../../store/full'
import {
  dropPictures,
  type Found,
  type Inspecting,
  type Inspection as Draft,
  inspectionDraft,
  type Item,
  nameOf,
  newFound,
  newInspection,
  pagesOf,
  saveInspection,
} from '../../store/inspection'
import { Screen, TextField, Wrong } from '../parts'

/** An inspection of a place, part by part: what is not as it should be is marked, told in words and pictured. */
export default function Inspection({ place }: { place: string }) {
  const w = useWords()
  const { bundle } = useField()
  const its = bundle?.inspecting
  if (!bundle || !its) return <p className="empty">{w.t('list.empty')}</p>
  return (
    <Screen title={nameOf(bundle, { post: place, area: place })}>
      <Form bundle={bundle} its={its} place={place} />
    </Screen>
  )
}

/** The inspection so far: one that was broken off, or a new one; with the code, where it was just read. */
function useDraft(bundle: Bundle, place: string) {
  const { phone } = useField()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [unsaved, setUnsaved] = useState(false)
  const put = (next: Draft) => {
    setDraft(next)
    keepDraft(phone, inspectionDraft(place), next).then(
      () => setUnsaved(false),
      () => setUnsaved(true),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const post = bundle.inspecting?.places.find((one) => one.id === place)
    const fresh = () => newInspection(post ? { post: post.id, area: post.area } : { post: null, area: place })
    draftOf<Draft>(phone, inspectionDraft(place)).then((kept) => {
      const code = placed.take(place)
      if (code) put({ ...(kept ?? fresh()), code })
      else setDraft(kept ?? fresh())
    })
  }, [])
  return { draft, put, unsaved }
}

function Form({ bundle, its, place }: { bundle: Bundle; its: Inspecting; place: string }) {
  const w = useWords()
  const { phone, refresh, say } = useField()
  const { draft, put, unsaved } = useDraft(bundle, place)
  const [page, turn] = useState(0)
  const [wrong, setWrong] = useState<string | null>(null)
  if (!draft) return null
  const pages = pagesOf(its)
  const shown = pages[page]
  const n = Object.keys(draft.found).length
  const label = nameOf(bundle, draft)
  const save = async () => {
    try {
      await saveInspection(phone, place, draft, label)
      say(w.t('inspect.done', { label, n }))
      await refresh()
      go('')
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
  }
  const set = (item: string, found: Found | null) => {
    const { [item]: before, ...rest } = draft.found
    put({ ...draft, found: found ? { ...draft.found, [item]: found } : rest })
    if (!found && before) dropPictures(phone, before).then(refresh, () => undefined)
  }
  return (
    <div className="inspection">
      <Mode on_site={Boolean(draft.code)} />
      {shown && (
        <section aria-labelledby="part">
          <p className="muted" role="status">
            {w.t('inspect.page', { n: page + 1, all: pages.length })}
          </p>
          <h2 id="part">{w.name(shown.part)}</h2>
          <p className="muted">{w.t('inspect.tick')}</p>
          {shown.items.map((one) => (
            <Thing
              key={one.code}
              item={one}
              area={draft.area}
              found={draft.found[one.code] ?? null}
              set={(found) => set(one.code, found)}
            />
          ))}
        </section>
      )}
      <Wrong text={wrong ?? (unsaved ? w.t('visit.unsaved') : null)} />
      <div className="turns">
        <Button fill="outline" disabled={page === 0} onClick={() => turn(page - 1)}>
          {w.t('inspect.before')}
        </Button>
        {page + 1 < pages.length ? (
          <Button color="primary" onClick={() => turn(page + 1)}>
            {w.t('inspect.next')}
          </Button>
        ) : (
          <Button color="primary" onClick={save}>
            {w.t('inspect.save', { n })}
          </Button>
        )}
      </div>
    </div>
  )
}

/** On site where the code of the place was read; else by telephone, and told as that. */
function Mode({ on_site }: { on_site: boolean }) {
  const w = useWords()
  if (on_site)
    return (
      <p className="saved" role="status">
        {w.t('inspect.checked_in')}
      </p>
    )
  return (
    <div className="notice">
      {w.t('inspect.by_phone')}{' '}
      <button type="button" className="link" onClick={() => go('checkin')}>
        {w.t('inspect.scan')}
      </button>
    </div>
  )
}

interface ThingProps {
  item: Item
  area: string
  found: Found | null
  set: (found: Found | null) => void
}

function Thing({ item, area, found, set }: ThingProps) {
  const w = useWords()
  const name = w.name(item)
  return (
    <section className="thing" aria-label={name}>
      <div className="choice">
        <label className={found ? 'chosen' : undefined}>
          <input type="checkbox" checked={found !== null} onChange={(e) => set(e.target.checked ? newFound() : null)} />
          {name}
        </label>
      </div>
      {found && (
        <>
          <TextField
            label={w.t('inspect.said', { item: name })}
            value={found.said}
            most={500}
            onChange={(said) => set({ ...found, said })}
          />
          <PhotoField about={found.pictured} area={area} label={name} data_class="checkpoint" one />
        </>
      )}
    </section>
  )
}
