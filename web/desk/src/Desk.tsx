import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useMemo } from 'react'
import { WordsContext, words } from './i18n'
import { icons } from './icons'
import { Page } from './Page'
import { theme } from './theme'
import { useView } from './view'

/** The page in its language. */
export function Desk() {
  const [view, change] = useView()
  const spoken = useMemo(() => words(view.lang), [view.lang])
  useEffect(() => {
    document.documentElement.lang = view.lang === 'zh' ? 'zh-CN' : 'en'
  }, [view.lang])
  return (
    <WordsContext value={spoken}>
      <ConfigProvider
        locale={view.lang === 'zh' ? zhCN : enUS}
        theme={theme}
        button={{ autoInsertSpace: false }}
        {...icons}
      >
        <AntApp component={false}>
          <Page view={view} change={change} />
        </AntApp>
      </ConfigProvider>
    </WordsContext>
  )
}
