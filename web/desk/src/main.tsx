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

void loadAhead()
const root = document.getElementById('root')
if (root) createRoot(root).render(<Desk />)
