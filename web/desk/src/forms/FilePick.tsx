import { Alert, Button } from 'antd'
import { type DragEvent, useId, useRef } from 'react'
import { vocabulary } from '../i18n'

const zh = {
  'file.choose': '选择文件',
  'file.none': '还没有选择文件',
  'file.drop': '或把文件拖到这里',
  'file.wrong': '请选择 {types} 文件。',
}
const en: typeof zh = {
  'file.choose': 'Choose a file',
  'file.none': 'No file chosen yet',
  'file.drop': 'or drop it here',
  'file.wrong': 'Choose a {types} file.',
}
const useSpoken = vocabulary({ zh, en })

export const SHEETS = ['.csv', '.xlsx']

/** Whether a file's name ends as one of the types does. */
export function isOf(file: File, types: readonly string[]): boolean {
  return types.some((type) => file.name.toLowerCase().endsWith(type))
}

interface Props {
  file: File | null
  choose: (file: File | null) => void
  types?: readonly string[]
}

/** A file, chosen or dropped; by default a spreadsheet. */
export function FilePick({ file, choose, types = SHEETS }: Props) {
  const w = useSpoken()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    choose(event.dataTransfer.files[0] ?? null)
  }
  const named = types.join(w.lang === 'zh' ? ' 或 ' : ' or ')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button below is for everybody
    <div className="file-pick" onDragOver={(e) => e.preventDefault()} onDrop={drop}>
      <input
        ref={input}
        id={id}
        className="sr"
        tabIndex={-1}
        type="file"
        accept={types.join(',')}
        aria-label={w.t('file.choose')}
        onChange={(e) => choose(e.target.files?.[0] ?? null)}
      />
      <Button onClick={() => input.current?.click()}>{w.t('file.choose')}</Button>
      <span role="status">{file ? file.name : w.t('file.none')}</span>
      <span className="muted small">{w.t('file.drop')}</span>
      {file && !isOf(file, types) && (
        <Alert type="error" role="alert" showIcon title={w.t('file.wrong', { types: named })} />
      )}
    </div>
  )
}
