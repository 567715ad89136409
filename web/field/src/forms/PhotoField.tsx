import Button from 'antd-mobile/es/components/button'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { newId } from '../../../desk/src/api/people'
import { redrawn } from '../../../desk/src/forms/photo'
import { useField } from '../field'
import { useWords } from '../i18n'
import { Wrong } from '../rooms/parts'
import { Full } from '../store/full'
import { dropPhoto, keepPhoto, type Photo, photos, pictureOf } from '../store/photo'

interface Props {
  /** The thing that is pictured, and its division. */
  about: string
  area: string
  label: string
  /** For what photographs of such things are held; by default those of doors. */
  data_class?: 'checkpoint'
  /** One is enough. */
  one?: boolean
}

/** Photographs of a thing, taken or chosen: each is sealed on the phone at once and sent with the next sync. */
export function PhotoField({ about, area, label, data_class, one }: Props) {
  const w = useWords()
  const { phone, refresh } = useField()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [taken, setTaken] = useState<Photo[]>([])
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const reload = useCallback(async () => setTaken(await photos(phone, about)), [phone, about])
  useEffect(() => {
    reload().catch(() => undefined)
  }, [reload])
  const take = async (file: File | undefined) => {
    if (!file || busy) return
    setBusy(true)
    setWrong('')
    try {
      await keepPhoto(phone, newId(), { about, area, label, data_class, taken: Date.now() }, await redrawn(file))
      await reload()
      await refresh()
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'photo.full' : 'photo.wrong'))
    }
    setBusy(false)
  }
  const drop = async (of: Photo) => {
    await dropPhoto(phone.db, of.id)
    await reload()
    await refresh()
  }
  return (
    <section className="photos" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.t('photo.title')}</h2>
      <input
        ref={input}
        id={id}
        className="unseen"
        tabIndex={-1}
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={w.t('photo.take')}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {!(one && taken.length > 0) && (
        <Button block loading={busy} aria-describedby={`${id}-help`} onClick={() => input.current?.click()}>
          {w.t('photo.take')}
        </Button>
      )}
      <p id={`${id}-help`} className="muted">
        {w.t('photo.text')}
      </p>
      {wrong && <Wrong text={wrong} />}
      <p role="status" className="muted">
        {taken.length > 0 && w.t('photo.waiting', { n: taken.length })}
      </p>
      <ul>
        {taken.map((its, at) => (
          <Taken key={its.id} of={its} n={at + 1} drop={() => drop(its)} />
        ))}
      </ul>
    </section>
  )
}

function Taken({ of, n, drop }: { of: Photo; n: number; drop: () => void }) {
  const w = useWords()
  const { phone } = useField()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    pictureOf(phone, of.id).then((picture) => {
      if (!picture || gone) return
      made = URL.createObjectURL(picture)
      setAddress(made)
    }, undefined)
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [phone, of.id])
  return (
    <li>
      {address && <img src={address} alt={w.t('photo.nth', { n })} />}
      {of.reason && <Wrong text={w.t('photo.refused', { reason: of.reason })} />}
      <button type="button" className="link" onClick={drop}>
        {w.t('photo.drop')} <span className="unseen">{w.t('photo.nth', { n })}</span>
      </button>
    </li>
  )
}
