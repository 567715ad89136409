import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { useWords } from '../i18n'
import { icons } from '../icons'
import { useColours, useScheme } from '../look'
import { theme } from '../theme'

const stillness = matchMedia('(prefers-reduced-motion: reduce)').matches

/** Ant Design in the page's colours and language, around what is made of it. The frame and the first of a page that one
 * begins on are not: they are seen before it is loaded. */
export default function Dressed({ children }: { children: ReactNode }) {
  const { lang } = useWords()
  const scheme = useScheme()
  const colour = useColours()
  const look = useMemo(() => theme(colour, scheme === 'dark', !stillness), [colour, scheme])
  return (
    <ConfigProvider locale={lang === 'zh' ? zhCN : enUS} theme={look} {...icons}>
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  )
}
