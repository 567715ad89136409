import { vocabulary } from '../../i18n'
import { en } from './production.en'
import { zh } from './production.zh'

export const useProduction = vocabulary({ zh, en })
