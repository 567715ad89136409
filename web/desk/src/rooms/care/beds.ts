import { vocabulary } from '../../i18n'
import { en } from './beds.en'
import { zh } from './beds.zh'

export const useBeds = vocabulary({ zh, en })
