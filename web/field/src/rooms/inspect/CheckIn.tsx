import Button from 'antd-mobile/es/components/button'
import { useRef, useState } from 'react'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { Camera } from '../../scan/Camera'
import { placed } from '../../scan/placed'
import { placeOf } from '../../store/inspection'
import { Screen, TextField, Wrong } from '../parts'

/** Reads the code that hangs at a place, and opens its inspection; where the camera does not, it is typed. */
export default function CheckIn() {
  const w = useWords()
  const { bundle } = useField()
  const [typed, type] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const over = useRef(false)
  const seen = (text: string) => {
    if (over.current) return
    const its = placeOf(text)
    if (!its) return setWrong(w.t('inspect.nothing'))
    if (its.post && !bundle?.inspecting?.places.some((one) => one.id === its.post))
      return setWrong(w.t('inspect.foreign'))
    over.current = true
    const place = its.post ?? its.area
    placed.put(place, text.trim())
    location.replace(`#/inspect/${place}`)
  }
  return (
    <Screen title={w.t('inspect.scan')}>
      <p>{w.t('inspect.scan.text')}</p>
      <Wrong text={wrong} />
      <Camera seen={seen} />
      <TextField label={w.t('inspect.typed')} value={typed} onChange={type} />
      <Button block fill="outline" disabled={!typed.trim()} onClick={() => seen(typed)}>
        {w.t('inspect.typed.go')}
      </Button>
    </Screen>
  )
}
