import { vocabulary } from '../../i18n'
import { en } from './ways.en'
import { zh } from './ways.zh'

export const useWays = vocabulary({ zh, en })
