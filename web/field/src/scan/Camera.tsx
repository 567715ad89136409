import { useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n'
import { type Reader, reader } from './reader'

/** The camera's picture; tells each text that is read in it, also the same one again. */
export function Camera({ seen }: { seen: (text: string) => void }) {
  const w = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(seen)
  tell.current = seen
  const [denied, setDenied] = useState(false)
  useEffect(() => {
    let stream: MediaStream | null = null
    let over = false
    const run = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const picture = video.current
      if (over || !picture) return stop(stream)
      picture.srcObject = stream
      await picture.play()
      await watch(picture, await reader())
    }
    const watch = async (picture: HTMLVideoElement, read: Reader) => {
      while (!over) {
        const text = await read(picture).catch(() => null)
        if (text && !over) tell.current(text)
        await new Promise(requestAnimationFrame)
      }
    }
    run().catch(() => setDenied(true))
    return () => {
      over = true
      stop(stream)
    }
  }, [])
  if (denied)
    return (
      <p role="alert" className="wrong">
        {w.t('scan.denied')}
      </p>
    )
  return <video ref={video} className="camera" muted playsInline aria-label={w.t('scan.text')} />
}

function stop(stream: MediaStream | null) {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
