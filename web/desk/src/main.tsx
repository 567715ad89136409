import { createRoot } from 'react-dom/client'
import { loadAhead } from './ahead'
import { Desk } from './Desk'
import './styles/tokens.css'
import './styles/base.css'
import './styles/header.css'
import './styles/page.css'
import './styles/figures.css'
import './styles/checks.css'
import './styles/map.css'
import './styles/tables.css'
import './styles/texts.css'
import './styles/reading.css'
import './styles/narrow.css'
import './styles/wall.css'
import './styles/print.css'

/** So long the first drawing waits at most for what the room asks first to be on its way. Who is here has mostly been
 * answered by now, but is read only once this program rests: drawing first would hold every question up. */
const ON_ITS_WAY_MS = 50

const root = document.getElementById('root')
const late = new Promise((go) => setTimeout(go, ON_ITS_WAY_MS))
void Promise.race([loadAhead(), late]).finally(() => {
  if (root) createRoot(root).render(<Desk />)
})
