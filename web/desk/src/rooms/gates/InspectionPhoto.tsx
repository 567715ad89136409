import '../../styles/inspections.css'
import { Alert, Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { attachments } from '../../api/attachments'
import { ApiError } from '../../api/client'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { redrawn } from '../../forms/photo'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { useInspectionWords } from './InspectionWords'

/** The address of a picture while it is shown. */
function useAddress(photo: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!photo) return
    const made = URL.createObjectURL(photo)
    setAddress(made)
    return () => {
      URL.revokeObjectURL(made)
      setAddress(null)
    }
  }, [photo])
  return address
}

interface FieldProps {
  /** What it is of, for who does not see the form around it. */
  label: string
  value?: Blob | null
  onChange?: (photo: Blob | null) => void
}

/** A photograph, taken or chosen, as it will be sent. */
export function PhotoField({ label, value = null, onChange }: FieldProps) {
  const w = useInspectionWords()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { busy, error, run, clear } = useAct()
  const address = useAddress(value)
  const choose = (file: File | undefined) =>
    file &&
    run(async () => {
      onChange?.(await redrawn(file))
    })
  return (
    <div className="photo-field">
      <input
        ref={input}
        id={id}
        className="sr"
        tabIndex={-1}
        type="file"
        accept="image/*"
        aria-label={label}
        onChange={(event) => {
          choose(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {address && <img src={address} alt={w.t('photo.chosen')} />}
      <div className="act-buttons">
        <Button loading={busy} aria-describedby={`${id}-help`} onClick={() => input.current?.click()}>
          {w.t(value ? 'photo.other' : 'photo.choose')}
          <span className="sr">{label}</span>
        </Button>
        {value && (
          <Button
            onClick={() => {
              clear()
              onChange?.(null)
            }}
          >
            {w.t('photo.drop')}
          </Button>
        )}
      </div>
      <p id={`${id}-help`} className="muted small">
        {w.t('photo.text')}
      </p>
      <div role="status">{busy && <span className="sr">{w.t('photo.busy')}</span>}</div>
      {Boolean(error) && <Alert type="error" showIcon role="alert" title={w.t('photo.wrong')} />}
    </div>
  )
}

/** For what one looks at photographs of places: oversight where the role has it. */
export function usePhotoPurpose(): string | null {
  const { session, may } = useSession()
  const own = session?.purposes ?? []
  if (!may('attachments.see')) return null
  return (['oversight', 'screening'].find((one) => own.includes(one)) ?? own[0]) || null
}

/** What a look is recorded for, before anything is shown. */
export function PhotoNote() {
  const w = useInspectionWords()
  const purpose = usePhotoPurpose()
  const titles = useResource(purpose && 'permissions', permissions)
  if (!purpose || !titles.data) return null
  const title = titles.data.purposes[purpose]
  return <p className="muted small">{w.t('photo.look', { purpose: title ? w.name(title) : purpose })}</p>
}

interface ShownProps {
  id: string
  /** What the button says, and of what, for who does not see what is around it. */
  show: string
  of: string
  alt: string
}

/** A photograph in the vault: shown when it is asked for, and not before. */
export function Photograph({ id, show, of, alt }: ShownProps) {
  const w = useInspectionWords()
  const purpose = usePhotoPurpose()
  const { busy, error, run } = useAct()
  const [photo, setPhoto] = useState<Blob | null>(null)
  const address = useAddress(photo)
  if (!purpose) return null
  const missing = error instanceof ApiError && error.kind === 'missing'
  const turn = () =>
    photo
      ? setPhoto(null)
      : run(async () => {
          setPhoto(await attachments.show(id, purpose))
        })
  return (
    <div className="photograph">
      <Button size="small" loading={busy} aria-expanded={photo !== null} onClick={turn}>
        {photo ? w.t('photo.hide') : show}
        <span className="sr">{of}</span>
      </Button>
      {address && <img src={address} alt={alt} />}
      {missing ? <Alert type="info" role="alert" showIcon title={w.t('photo.none')} /> : <Told error={error} />}
    </div>
  )
}

/** The photographs of a thing; nothing where there are none. */
export function Photographs({ about }: { about: string }) {
  const w = useInspectionWords()
  const { may } = useSession()
  const found = useResource(may('attachments.see') ? `photos|${about}` : null, (signal) =>
    attachments.list(about, signal),
  )
  if (!found.data?.length) return null
  return (
    <section className="card" aria-label={w.t('photo.title')}>
      <h2>{w.t('photo.title')}</h2>
      <PhotoNote />
      <ul className="inspected">
        {found.data.map((one) => (
          <li key={one.id}>
            {w.t('photo.came', { at: w.stamp(one.at), due: w.day(one.due) })}
            <Photograph
              id={one.id}
              show={w.t('photo.open')}
              of={w.stamp(one.at)}
              alt={w.t('photo.of', { at: w.stamp(one.at) })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
