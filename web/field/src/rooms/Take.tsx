import Button from 'antd-mobile/es/components/button'
import ProgressBar from 'antd-mobile/es/components/progress-bar'
import { useRef, useState } from 'react'
import { useField } from '../field'
import { Gathering, unpacked, type Work } from '../handover/pack'
import { takenOver } from '../handover/work'
import { useWords } from '../i18n'
import { Camera } from '../scan/Camera'
import { Full } from '../store/full'
import type { Bytes } from '../store/seal'
import { Screen, TextField, Wrong } from './parts'

/** Takes a day's work over from another phone: off its screen, or out of a file. */
export default function Take() {
  const w = useWords()
  const { phone, refresh, syncNow } = useField()
  const [scanning, setScanning] = useState(false)
  const [file, setFile] = useState<Bytes | null>(null)
  const [code, setCode] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const take = async (read: Promise<Work>) => {
    setScanning(false)
    setWrong(null)
    try {
      const work = await read
      if (work.area.slice(0, 6) !== phone.who.area.slice(0, 6)) return setWrong(w.t('take.area', { area: work.area }))
      const n = await takenOver(phone, work)
      const pictures = work.photos?.length ? w.t('take.photos', { n: work.photos.length }) : ''
      setTold(`${w.t('take.done', { n, all: work.items.length })} ${pictures}`.trim())
      setFile(null)
      await refresh()
      await syncNow()
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'take.bad'))
    }
  }
  return (
    <Screen title={w.t('take.title')}>
      {told && (
        <p className="saved" role="status">
          {told}
        </p>
      )}
      <Wrong text={wrong} />
      {scanning ? (
        <Frames done={take} />
      ) : (
        <Button block color="primary" size="large" onClick={() => setScanning(true)}>
          {w.t('take.scan')}
        </Button>
      )}
      <label className="button file">
        {w.t('take.file')}
        <input
          type="file"
          className="unseen"
          accept=".lianfang"
          onChange={async (e) =>
            setFile(new Uint8Array((await e.target.files?.[0]?.arrayBuffer()) ?? new ArrayBuffer(0)))
          }
        />
      </label>
      {file && (
        <>
          <TextField label={w.t('take.code')} value={code} onChange={setCode} most={20} />
          <Button block color="primary" disabled={!code} onClick={() => take(unpacked(file, code))}>
            {w.t('take.read')}
          </Button>
        </>
      )}
    </Screen>
  )
}

function Frames({ done }: { done: (work: Promise<Work>) => void }) {
  const w = useWords()
  const gathering = useRef(new Gathering())
  const [at, setAt] = useState({ done: 0, all: 0 })
  const seen = (text: string) => {
    const all = gathering.current
    if (!all.take(text)) return
    setAt({ done: all.done, all: all.all })
    if (all.done === all.all) done(all.work() as Promise<Work>)
  }
  return (
    <>
      <Camera seen={seen} />
      {at.all > 0 && (
        <>
          <p role="status">{w.t('take.progress', at)}</p>
          <ProgressBar percent={(100 * at.done) / at.all} />
        </>
      )}
    </>
  )
}
