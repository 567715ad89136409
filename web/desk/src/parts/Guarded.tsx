import { Component, type ReactNode, useEffect } from 'react'
import { connection, returns } from '../api/connection'
import { useWords } from '../i18n'
import { Trouble } from './States'

/** How browsers, and Vite of a stylesheet, say that a part of the program could not be loaded. */
const NOT_LOADED = /dynamically imported module|module script failed|preload/i

interface Props {
  /** Of which room this is: where another is opened, it is tried anew. */
  of: string
  children: ReactNode
}

/** What is shown of the page goes on or says what happened: an error takes the place of its own part, never of all. */
export class Guarded extends Component<Props, { error: Error | null }> {
  override state = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidUpdate(before: Props) {
    if (before.of !== this.props.of && this.state.error) this.setState({ error: null })
  }

  override render() {
    return this.state.error ? <Failed error={this.state.error} /> : this.props.children
  }
}

/** A part that was not loaded, because the line was lost or a newer program took its place, comes with the whole page. */
function Failed({ error }: { error: Error }) {
  const w = useWords()
  const notLoaded = NOT_LOADED.test(error.message)
  useEffect(() => {
    if (!notLoaded || connection.now().lostAt === null) return
    const reload = () => location.reload()
    returns.addEventListener('back', reload)
    return () => returns.removeEventListener('back', reload)
  }, [notLoaded])
  return (
    <Trouble
      className="guarded"
      title={w.t(notLoaded ? 'part.not_loaded.title' : 'part.failed.title')}
      text={w.t(notLoaded ? 'part.not_loaded.text' : 'part.failed.text')}
      action={w.t('part.reload')}
      act={() => location.reload()}
    />
  )
}
