import { Alert, Button } from 'antd'
import { type DragEvent, useId, useRef } from 'react'
import { useSpoken } from './words'

const FORM = /\.(csv|xlsx)$/i

export const isSheet = (file: File) => FORM.test(file.name)

/** A file, chosen or dropped. */
export function FilePick({ file, choose }: { file: File | null; choose: (file: File | null) => void }) {
  const w = useSpoken()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    choose(event.dataTransfer.files[0] ?? null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button below is for everybody
    <div className="file-pick" onDragOver={(e) => e.preventDefault()} onDrop={drop}>
      <input
        ref={input}
        id={id}
        className="sr"
        tabIndex={-1}
        type="file"
        accept=".csv,.xlsx"
        aria-label={w.t('file.choose')}
        onChange={(e) => choose(e.target.files?.[0] ?? null)}
      />
      <Button onClick={() => input.current?.click()}>{w.t('file.choose')}</Button>
      <span role="status">{file ? file.name : w.t('file.none')}</span>
      <span className="muted small">{w.t('file.drop')}</span>
      {file && !isSheet(file) && <Alert type="error" role="alert" showIcon title={w.t('file.wrong')} />}
    </div>
  )
}
