import Button from 'antd-mobile/es/components/button'
import encodeQR from 'qr'
import { useEffect, useMemo, useState } from 'react'
import { save } from '../../../desk/src/forms/save'
import { useField } from '../field'
import { frames, newCode, packed, spelled, type Work } from '../handover/pack'
import { carried, given, MOST_PHOTOS, workOf } from '../handover/work'
import { useWords } from '../i18n'
import { back } from '../route'
import { Screen } from './parts'
import { Sure } from './Sure'

const FRAME_MS = 220

/** Gives a day's work to another phone, without a server between them. */
export default function Give() {
  const w = useWords()
  const { phone, refresh, photos } = useField()
  const [work, setWork] = useState<Work | null>(null)
  const [shown, setShown] = useState<string[] | null>(null)
  const [code, setCode] = useState<string | null>(null)
  useEffect(() => {
    workOf(phone).then(setWork)
  }, [phone])
  if (!work) return null
  const n = work.items.length
  const show = async () => {
    const fresh = newCode()
    setShown(frames(await packed(work, fresh), fresh))
  }
  const file = async () => {
    const fresh = newCode()
    const whole = { ...work, photos: await carried(phone) }
    const bytes = await packed(whole, fresh)
    setWork(whole)
    save(`lianfang-${new Date().toISOString().slice(0, 10)}.lianfang`, new Blob([bytes]))
    setCode(fresh)
  }
  return (
    <Screen title={w.t('give.title')}>
      {n + work.drafts.length + photos === 0 ? (
        <p className="empty">{w.t('give.nothing')}</p>
      ) : (
        <>
          <p>{w.t('give.text', { n, drafts: work.drafts.length })}</p>
          {photos > 0 && <p className="notice">{w.t('give.photos', { n: photos, most: MOST_PHOTOS })}</p>}
          {shown ? (
            <Animated of={shown} stop={() => setShown(null)} />
          ) : (
            <Button block color="primary" size="large" onClick={show}>
              {w.t('give.qr')}
            </Button>
          )}
          <Button block fill="outline" size="large" onClick={file}>
            {w.t('give.file')}
          </Button>
          {code && (
            <p role="status">
              {w.t('give.code')} <strong className="code">{spelled(code)}</strong>
              {work.photos && work.photos.length > 0 && <span>{w.t('give.carried', { n: work.photos.length })}</span>}
            </p>
          )}
          {(shown || code) && (
            <Sure
              button={w.t('give.done')}
              asked={w.t('give.done.text', { n })}
              yes={w.t('give.done')}
              act={async () => {
                await given(phone, work)
                await refresh()
                back()
              }}
            />
          )}
        </>
      )}
    </Screen>
  )
}

/** Frame after frame, as large as the screen is wide. */
function Animated({ of, stop }: { of: string[]; stop: () => void }) {
  const w = useWords()
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setAt((now) => (now + 1) % of.length), FRAME_MS)
    return () => clearInterval(timer)
  }, [of])
  const pictures = useMemo(() => of.map(picture), [of])
  return (
    <figure className="animated">
      <svg
        viewBox={pictures[at]?.box}
        shapeRendering="crispEdges"
        role="img"
        aria-label={w.t('give.qr')}
        data-frame={of[at]}
      >
        <path d={pictures[at]?.path} />
      </svg>
      <figcaption>{w.t('give.frames', { at: at + 1, all: of.length })}</figcaption>
      <Button block onClick={stop}>
        {w.t('give.stop')}
      </Button>
    </figure>
  )
}

function picture(text: string): { box: string; path: string } {
  const cells = encodeQR(text, 'raw', { ecc: 'low', border: 2 })
  const path = cells.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  return { box: `0 0 ${cells.length} ${cells.length}`, path }
}
