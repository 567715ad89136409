import { App, Button } from 'antd'
import { useState } from 'react'
import { api } from '../api/client'
import { useResource } from '../api/resource'
import type { Bulletin, Lang, Situation } from '../api/types'
import { useWords } from '../i18n'
import { done, failed } from '../icons'
import { Choice } from './Choice'
import { Failure, Loading } from './States'

/** The notice as Lianfang writes it, in either language, to copy or to keep. */
export function NoticePanel({ situation, knownAt }: { situation: Situation; knownAt: string | null }) {
  const w = useWords()
  const [chosen, setChosen] = useState<Lang | null>(null)
  const lang = chosen ?? w.lang
  const { area, as_of } = situation
  const bulletin = useResource(`${area.code}|${as_of}|${knownAt}|${lang}`, (signal) =>
    api.bulletin(area.code, as_of, knownAt, lang, signal),
  )
  return (
    <section className="card" aria-labelledby="notice-title">
      <header>
        <h2 id="notice-title">{w.t('notice.title')}</h2>
        <Choice<Lang>
          aria-label={w.t('notice.lang')}
          value={lang}
          onChange={setChosen}
          options={[
            { value: 'zh', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
      </header>
      {bulletin.error && <Failure error={bulletin.error} retry={bulletin.retry} />}
      {!bulletin.data && bulletin.loading && <Loading />}
      {bulletin.data && <Written bulletin={bulletin.data} situation={situation} />}
    </section>
  )
}

function Written({ bulletin, situation }: { bulletin: Bulletin; situation: Situation }) {
  const w = useWords()
  const { message } = App.useApp()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(bulletin.text)
      message.success({ content: w.t('notice.copied'), icon: done })
    } catch {
      message.warning({ content: w.t('notice.copy.failed'), icon: failed })
    }
  }
  const stamp = situation.as_of.slice(0, 16).replace(/[-:T]/g, '')
  const file = w.t('notice.file', { area: w.name(situation.area).replace(/\s+/g, '_'), stamp })
  return (
    <>
      <article
        className="notice"
        lang={bulletin.lang === 'zh' ? 'zh-CN' : 'en'}
        data-source
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label={w.t('notice.title')}
      >
        {bulletin.text
          .split('\n')
          .filter((line) => line.trim())
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
      </article>
      <div className="actions">
        <Button onClick={copy}>{w.t('notice.copy')}</Button>
        <Button onClick={() => keep(bulletin.text, file)}>{w.t('notice.download')}</Button>
      </div>
      {bulletin.round_trip && (
        <p className="round-trip">
          <span aria-hidden="true">✓</span> {w.t('notice.round_trip')}
        </p>
      )}
      <p className="muted mono">
        {w.t('notice.proof', { seq: w.n(bulletin.seq), chain: bulletin.chain.slice(0, 16) })}
      </p>
    </>
  )
}

function keep(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
