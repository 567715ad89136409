import { useEffect, useRef, useState } from 'react'
import { useField } from '../field'
import { useWords } from '../i18n'
import { Camera } from '../scan/Camera'
import { led } from '../scan/code'
import { scanned } from '../scan/scanned'
import { Screen, Wrong } from './parts'

/** Opens the form of the household whose code is scanned, or by whose code the phone's camera opened the app (`text`). */
export default function Scan({ text }: { text?: string }) {
  const w = useWords()
  const { bundle } = useField()
  const [wrong, setWrong] = useState<string | null>(null)
  const over = useRef(false)
  const seen = (read: string) => {
    if (!bundle || over.current) return
    const to = led(read, bundle)
    if (to.to === 'household') {
      over.current = true
      scanned.put(to.id)
      location.replace(`#/visit/${to.id}`)
    } else setWrong(to.to === 'foreign' ? w.t('scan.foreign', { area: to.area }) : w.t(`scan.${to.to}`))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the list is there
  useEffect(() => {
    if (text) seen(text)
  }, [text, bundle])
  return (
    <Screen title={w.t('scan.title')}>
      <Wrong text={wrong} />
      {!text && (
        <>
          <p>{w.t('scan.text')}</p>
          <Camera seen={seen} />
        </>
      )}
    </Screen>
  )
}
